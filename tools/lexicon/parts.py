"""What may be a part of a compound, how readily, and where compounds are split.

Koehn and Knight (2003): a word is split where its parts are together more usual than the whole.
"Usual" here is the logarithm of the count plus 0.7 times that of the family, the number of
compounds that have the word in that place. src/analysis/compound.rs does the same as `Splitter`;
this twin serves to count families and to check which forms the lexicon can do without. It still lets nouns lose
their -en as a first part, which compound.rs no longer does.
"""
import collections
import math

LINKS = {"": 0.0, "s": 0.2, "n": 0.3, "en": 0.5, "es": 0.6, "e": 0.8, "er": 0.6, "ns": 1.0, "ens": 1.2}
BLOCK = set("""ung ungs heit heits keit keits lich lichen isch ischen schaft schafts chen lein sam bar haft los nis tum
tät ität täts ier iert ion ions ent ende enden end ige igen iger iges ste sten ster stes ten tes ter tem den dem des
der die das ein eine einen einer eines und oder auch nur bei mit aus auf ab an um zu vom zum zur ins ans ist war wir
ihr sie ich man hin her vor nach von für ver zer erst inne innen rin ern erin rinnen ender are aren eren aal ale alen
all alle alls ehe gen hen nen len ren sen tin tins lin lins isten tisch ge be er re un ur in im so da wo je nun gar bis
sei sich mich dich uns eur euer unser mein dein sein ihre ihren seine seinen geb ang abe sche schen scher sches ler
lern ling lings iner inen ates aten ate ator toren ieren isieren ieri ische ischer ade usch erei reien rei eien lei
tier tion tions tionen sion sionen ment mente anz enz anten ante ant enten igkeit igkeiten ungen heiten keiten
schaften nisse nissen mal male bare baren hafte haften losen lose same samen liche licher liches tete teten test tet
eur eure euren los ren nde nden elle ellen iere eren ieren ester este eine seits weise weisen fach mals wärts halb
falls ers erns ens reich ste sinn unter über durch gegen hinter wider nisch rum rund ang eren tor tors tore""".split())
# Bound first parts: not words, but parts of many compounds.
CONFIX = """agrar aero anti astro audio auto bio bundes cyber elektro erz ex extra fern foto geo gesamt giga grund haupt
hetero hoch hydro hyper infra inter intra ko kontra kern kilo makro mega meta mikro mini mono multi nano neben neo neuro
nicht non ober öko ortho paläo para petro photo poly post prä pro proto pseudo psycho quasi radio rück schwieger selbst
semi sonder sozio spezial stief super tele thermo trans turbo ultra ur vize voll zentral sauer wasser""".split()
CONFIX = [c for c in CONFIX if len(c) >= 4 and c not in ("inter", "anti", "intra", "extra", "trans", "para", "post", "meta")] + ["bio", "geo", "öko", "tele"]


class Splitter:
    def __init__(self, forms, lam=1.0):
        self.F = forms
        s = self.s = forms.s
        self.count = s.count
        self.lam = lam
        self.head = {}
        self.modifier = {}
        self.lexicon()
        self.families()

    def lexicon(self):
        s, F = self.s, self.F
        # whole strings that may be a part as they stand
        for form in set(F.noun) | set(F.other):
            if len(form) < 3 or form in BLOCK or not form.isalpha():
                continue
            n = s.count[form]
            noun = form in F.noun
            if len(form) == 3 and not (noun and form in s.nouns and s.capital[form] >= 100 and s.capital[form] > .7 * n):
                continue
            if not noun and n < 20:
                continue
            self.head[form] = n
        pass

    def readings(self, x):
        """(cost, word) for a string that is not the last part."""
        out = []
        if x in self.head:
            out.append((0.0, x))
        for link, cost in LINKS.items():
            if link and x.endswith(link) and len(x) - len(link) >= 3:
                y = x[: -len(link)]
                if y in self.head and y in self.F.noun and self.link_fits(y, link):
                    out.append((cost, y))
        if not out and len(x) >= 4 and x not in PREFIXES:
            if x + "e" in self.head and x + "e" in self.s.nouns:
                out.append((1.2, x + "e"))
            elif x + "en" in self.F.verbs and x + "en" in self.head:
                out.append((1.0, x + "en"))
            elif x + "en" in self.head and x + "en" in self.s.nouns:
                out.append((1.5, x + "en"))
            elif x + "n" in self.F.verbs and x + "n" in self.head:
                out.append((1.0, x + "n"))
        if x in CONFIX_SET:
            out.append((0.0, x))
        return out

    def link_fits(self, y, link):
        if y not in self.s.nouns and link != "s":
            return False
        if link == "s":
            return y in self.s.nouns or y not in self.F.noun or self.F.readings(self.F.noun, y)[:1] == [y]
        if link in ("n", "ns"):
            return y.endswith("e")
        if link in ("en", "er", "e", "es"):
            return y + link in self.F.noun
        return True

    def families(self):
        self.headf = collections.Counter()
        self.modf = collections.Counter()
        vocabulary = {w for w in self.s.nouns if len(w) >= 7} | {w for w, n in self.count.items() if n >= 2 and len(w) >= 7}
        for w in vocabulary:
            for i in range(3, len(w) - 2):
                r = w[i:]
                if r in self.head:
                    ms = self.readings(w[:i])
                    if ms:
                        self.headf[r] += 1
                        self.modf[ms[0][1]] += 1

    def w_mod(self, x):
        return math.log(1 + self.count[x]) * A + B * math.log(1 + self.modf[x])

    def w_head(self, x):
        return math.log(1 + self.count[x]) * A + B * math.log(1 + self.headf[x])

    def left(self, x, depth):
        rs = self.readings(x)
        best = max(((self.w_mod(y) - c - (1.5 if len(y) == 3 else 0), 1) for c, y in rs), default=None)
        return best

    def whole(self, w):
        n = math.log(1 + self.count[w])
        return n

    def split(self, w, depth=0):
        """Split points of a folded word."""
        n = len(w)
        if n < 6:
            return []
        if depth == 0 and w not in self.F.noun and self.is_verb(w):
            return []
        best = None
        for j in range(3, n - 2):
            l = self.left(w[:j], depth)
            r = (self.w_head(w[j:]), 1) if w[j:] in self.head else None
            lk, rk = l is not None, r is not None
            if not lk and not rk:
                continue
            points = [j]
            if not lk:
                continue
            if not rk:
                if depth >= 3:
                    continue
                inner = self.split(w[j:], depth + 1)
                if not inner:
                    continue
                sc = (l[0] + self.last_score * (len(inner) + 1)) / (len(inner) + 2) - PEN * (len(inner))
                points = [j] + [j + p for p in inner]
            else:
                sc = (l[0] + r[0]) / 2
            if best is None or sc > best[0]:
                best = (sc, points)
        if best is None:
            return []
        self.last_score = best[0]
        gate = self.whole(w) + THETA + (LOWER if depth == 0 and w not in self.F.noun else 0)
        if best[0] - self.lam < gate:
            return []
        points = best[1]
        if depth == 0 and len(points) >= 2:
            points = self.bracket(w, points)
        return points

    def is_verb(self, w):
        rs = self.F.other.get(w)
        if rs and self.F.readings(self.F.other, w)[0] in self.F.verbs:
            return True
        for p in PREFIXES:
            if w.startswith(p) and len(w) > len(p) + 3:
                rest = w[len(p):]
                if rest.startswith("zu") and rest[2:] in self.F.verbs:
                    return True
                if rest in self.F.other and self.F.readings(self.F.other, rest)[0] in self.F.verbs:
                    return True
        return False

    def bracket(self, w, points):
        """Two known words rather than three parts, if there are such."""
        best = None
        for p in points:
            l, r = w[:p], w[p:]
            left = [(c, y) for c, y in self.readings(l)]
            known_left = p == points[0] or any(y in self.F.noun for _, y in left)
            known_right = p == points[-1] or r in self.F.noun
            if not (known_left and known_right):
                continue
            sc = max((self.w_mod(y) - c for c, y in left), default=0) + (self.w_head(r) if r in self.head else 0)
            if best is None or sc > best[0]:
                best = (sc, [p])
        return best[1] if best else points


from forms import SEPARABLE, INSEPARABLE
PREFIXES = sorted(set(SEPARABLE + INSEPARABLE), key=len, reverse=True)
A, B, PEN, THETA, LOWER = 1.0, 0.7, 1.0, 0.0, 1.0
CONFIX_SET = set(CONFIX)
