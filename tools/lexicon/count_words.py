"""Counts the words of speeches: JSON Lines with `body` on stdin, words and counts on stdout."""
import collections
import json
import re
import sys
import unicodedata

WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")

counts = collections.Counter()
for line in sys.stdin:
    text = json.loads(line)["body"].replace("\u00ad", "")
    counts.update(WORD.findall(unicodedata.normalize("NFC", text)))
for word, count in counts.most_common():
    print(f"{word}\t{count}")
