#!/usr/bin/env python3
"""Checks the public bundle of a draw (protocol onevisit-draw/1) from the bundle alone.

    python3 verify.py BUNDLE.zip [--record record.jsonl] [--ceremonies ceremonies.jsonl]
                      [--company CODE] [--commitment HEX] [--sha256 HEX]
                      [--seal DEPARTMENT=HEX] [--value public:dice=3,1,4] [--json]

The ZIP may also be the frozen.zip of one ceremony, void or still going on: then its lists are checked.

One file, Python 3.9 or newer, standard library only, no network, nothing shared with the system that drew.
Exit code: 0 everything holds, 1 something does not, 2 wrong call.
"""
import argparse
import copy
import gc
import hashlib
import io
import json
import re
import sys
import unicodedata
import zipfile
from bisect import bisect_left, insort
from itertools import chain, compress, islice
from operator import lt, ne

PROTOCOL = "onevisit-draw/1"
CHECKS = [
    ("archive", "压缩包完整，文件不多不少", "the archive is whole and holds exactly the files of the protocol"),
    ("sums", "SHA256SUMS 与每个文件相符", "SHA256SUMS fits every file"),
    ("manifest", "清单格式规范、唯一", "the manifest is well-formed and canonical"),
    ("populations", "名录与清单的指纹和户数相符，排序无重复", "populations: digests, sizes, sorted, no duplicates"),
    ("partition", "各层不重不漏，正好是各事项对象的全体", "strata and items cover the same entities, once each"),
    ("samples", "抽取户数按比例计算无误", "sample sizes follow from the ratios"),
    ("pool", "检查人员名单和回避名单与指纹相符", "inspectors and exclusions: format and digests"),
    ("contributions", "封存值、随机值与承诺值相符，公共随机值最后登记", "seals, values and their order fit the commitment"),
    ("seed", "种子由各方随机值算出", "the seed follows from the values"),
    ("drawn", "抽中的正是号码最小的那些户", "drawn are exactly the smallest tickets"),
    ("visits", "一户一次上门，编号和事项无误", "one visit per entity, numbers and items"),
    ("rules", "派员不违反任何规则（部门、地区、资质、回避、上限、人数）", "no rule of the assignment is broken"),
    ("complete", "能派满的都已派满", "no slot is needlessly unfilled"),
    ("workload", "最忙的人已是最少的可能", "the largest workload is the smallest possible"),
    ("matching", "派员可由种子逐一复算", "the assignment is what the seed gives"),
    ("published", "与事先公布的承诺值、文件包指纹一致", "fits what was published before"),
    ("chain", "公开记录逐行相连，接在这个文件包之后", "the record is an unbroken chain that begins at this bundle"),
    ("replacements", "替换的人员都是按号码递补的，没有人挑选", "who replaces whom follows from the seed"),
    ("supplement", "补充抽取只增不减，户、事项、人员都可复算", "supplementary draws drop nothing and follow from the seed"),
    ("ceremonies", "历次仪式编号连续，没有隐去的一次", "ceremonies are numbered on and chained, none is hidden"),
    ("void", "作废的仪式：谁没有封存或揭示，点名无误", "void ceremonies: who withheld, and that nothing was drawn"),
]
# Made only where the citizen gives what they need.
OPTIONAL = ("published", "chain", "replacements", "supplement", "ceremonies", "void")
# What can be checked of a ceremony that has not drawn.
FROZEN = ("archive", "sums", "manifest", "populations", "partition", "samples", "pool")
DRAWN_FILES = ("contributions.json", "drawn.csv", "visits.csv", "assignments.csv")
CSV_HEADERS = {
    "entities.csv": ["code", "region"],
    "inspectors.csv": ["inspector", "department", "regions", "qualifications", "capacity"],
    "exclusions.csv": ["inspector", "code", "reason"],
    "drawn.csv": ["item", "stratum", "rank", "code", "ticket"],
    "visits.csv": ["visit", "code", "items"],
    "assignments.csv": ["visit", "department", "inspector"],
}
MAX_UNPACKED = 8 << 30


class Wrong(Exception):
    """What a check found; the checks that build on it can't be made."""


class Report:
    def __init__(self):
        self.problems = {name: [] for name, _, _ in CHECKS}
        self.made = set()

    def run(self, name, check, *arguments):
        """Makes one check; None where it failed so that nothing can build on it."""
        self.made.add(name)
        try:
            return check(lambda text: self.add(name, text), *arguments)
        except Wrong as wrong:
            self.add(name, str(wrong))
        except (UnicodeDecodeError, UnicodeEncodeError):
            self.add(name, "不是规范的 UTF-8 文本")
        except Exception as error:  # A bundle that breaks a check has not passed it.
            self.add(name, f"检查中断：{error!r}")
        return None

    def add(self, name, text):
        if len(self.problems[name]) < 20:
            self.problems[name].append(text)

    def holds(self, name):
        return name in self.made and not self.problems[name]

    def ok(self, is_frozen):
        asked = FROZEN if is_frozen else [name for name, _, _ in CHECKS if name not in OPTIONAL]
        return all(map(self.holds, asked)) and not any(self.problems.values())


def sha256(data):
    return hashlib.sha256(data).hexdigest()


class Published:
    """What somebody wrote down when it was published: nothing of it comes from the bundle."""

    def __init__(self, commitment=None, sha256=None, seals=(), values=()):
        self.commitment, self.sha256 = commitment, sha256
        # Pairs of contributor and text.
        self.seals, self.values = list(seals), list(values)


class Beside:
    """What is published beside the bundle: the record of changes, the ceremonies that have ended."""

    def __init__(self, record=None, ceremonies=None):
        self.record, self.ceremonies = record, ceremonies


def verify(data, published=None, company=None, beside=None):
    """All checks on the bytes of a bundle; returns what --json prints."""
    report = Report()
    published, beside = published or Published(), beside or Beside()
    result = {"ok": False, "bundle": sha256(data), "frozen": False}
    if published.sha256 is not None:
        report.made.add("published")
        if published.sha256 != result["bundle"]:
            report.add("published", f"文件包的 SHA-256 是 {result['bundle']}，公布的是 {published.sha256}")
    report.run("archive", lambda _add: check_everything(report, result, data, published, company, beside))
    result["ok"] = report.ok(result["frozen"])
    result["checks"] = [
        {
            "id": name,
            "title": zh,
            "titleEn": en,
            "ok": None if name not in report.made else not report.problems[name],
            "problems": report.problems[name],
        }
        for name, zh, en in CHECKS
    ]
    return result


def check_everything(report, result, data, published, company, beside):
    files = report.run("archive", read_archive, data)
    if files is None:
        return
    result["frozen"] = is_frozen = not any(name in files for name in DRAWN_FILES)
    report.run("sums", check_sums, files)
    manifest = report.run("manifest", read_manifest, files.get("manifest.json"))
    if published.commitment is not None:
        report.run("published", check_commitment, files.get("manifest.json", b""), published.commitment)
    if manifest is None:
        return
    own_commitment = sha256(files["manifest.json"])
    result.update(campaign=manifest["campaign"], mode=manifest["mode"], commitment=own_commitment)
    contributions = files.get("contributions.json")
    if beside.ceremonies is not None:
        ceremonies = report.run("ceremonies", read_ceremonies, beside.ceremonies, manifest, result)
        if ceremonies is not None:
            report.run("void", check_void, ceremonies)
            result["ceremonies"] = [summary(one) for one in ceremonies]
            if is_frozen:
                own = [one for one in ceremonies if one["commitment"] == own_commitment]
                contributions = canonical(own[0]).encode("utf-8") if own else None
            else:
                report.run("ceremonies", check_drawn_ceremony, ceremonies[-1:], result, contributions)
    if published.seals or published.values:
        report.run("published", check_witnessed, contributions, published)
    report.run("archive", check_file_set, manifest, files, is_frozen)
    populations = report.run("populations", read_populations, manifest, files)
    report.run("samples", check_samples, manifest)
    pool = report.run("pool", read_pool, manifest, files)
    if is_frozen:
        if populations is not None:
            report.run("partition", check_partition, manifest, populations, files)
        if beside.record is not None:
            report.run("chain", lambda add: add("这是冻结的名录，没有抽取结果，记录无从核对"))
        return
    given = report.run("contributions", read_contributions, manifest, own_commitment, contributions)
    if given is None:
        return
    seed = report.run("seed", check_seed, manifest, own_commitment, given)
    result["seed"] = seed
    if populations is None:
        return
    entities = report.run("partition", check_partition, manifest, populations, files)
    drawn = report.run("drawn", check_drawn, manifest, populations, seed, files.get("drawn.csv"))
    visits = report.run("visits", check_visits, manifest, populations, drawn, files.get("visits.csv"))
    standing = Standing(manifest, populations, visits, seed)
    if entities is not None and pool is not None:
        needs = needs_of(manifest, visits, entities)
        assignments = files.get("assignments.csv")
        teams = report.run("rules", check_rules, needs, pool, assignments)
        if teams is not None:
            flows = flows_of(needs, pool, teams)
            report.run("complete", check_complete, flows)
            report.run("workload", check_workload, flows)
        report.run("matching", check_matching, needs, pool, seed, assignments)
        if teams is not None:
            standing.staff(needs, entities, pool, teams)
            if beside.record is not None:
                check_record(report, standing, beside.record, result, given)
    if company is not None:
        result["company"] = explain(company, standing, entities)


# ---- section 6: the archive ----


class Files(dict):
    """Bytes by name; millions of lines are hashed once."""

    def __init__(self, files):
        super().__init__(files)
        self.digests = {}

    def digest(self, name):
        if name not in self.digests:
            self.digests[name] = sha256(self[name])
        return self.digests[name]


def read_archive(_add, data):
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
            names = [entry.filename for entry in entries]
            if len(set(names)) != len(names):
                raise Wrong("压缩包里有同名文件")
            if sum(entry.file_size for entry in entries) > MAX_UNPACKED:
                raise Wrong("解压后过大")
            return Files((name, archive.read(name)) for name in names)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError, ValueError) as error:
        raise Wrong(f"不是完好的 ZIP 文件：{error}") from error
    except zipfile.zlib.error as error:
        raise Wrong(f"压缩数据已损坏：{error}") from error


def population_files(manifest):
    """File name of each stratum, then of each item's whole population (mode joint)."""
    strata = {}
    for line in manifest["strata"]:
        folder = "_joint" if line["item"] == "*" else line["item"]
        strata[(line["item"], line["stratum"])] = f"populations/{folder}/{line['stratum']}.txt"
    items = {}
    if manifest["mode"] == "joint":
        items = {item["item"]: f"populations/{item['item']}/_all.txt" for item in manifest["items"]}
    return strata, items


def check_file_set(add, manifest, files, is_frozen):
    strata, items = population_files(manifest)
    expected = ["manifest.json", "contributions.json", "SHA256SUMS", *CSV_HEADERS, *strata.values(), *items.values()]
    if is_frozen:
        expected = [name for name in expected if name not in DRAWN_FILES]
    for name in sorted(set(expected) - set(files)):
        add(f"缺少文件 {name}")
    for name in sorted(set(files) - set(expected)):
        add(f"多出文件 {name}")
    if len(set(expected)) != len(expected):
        add("清单使两个名录同名")


def check_sums(add, files):
    if "SHA256SUMS" not in files:
        raise Wrong("缺少 SHA256SUMS")
    listed = set()
    text = files["SHA256SUMS"].decode("utf-8")
    if not text.endswith("\n"):
        add("SHA256SUMS 末行没有换行")
    for line in text.split("\n")[:-1]:
        match = re.fullmatch(r"([0-9a-f]{64})  (.+)", line)
        if not match:
            add(f"SHA256SUMS 里有读不懂的一行：{line[:80]}")
            continue
        digest, name = match.groups()
        if name in listed:
            add(f"SHA256SUMS 两次列出 {name}")
        listed.add(name)
        if name not in files:
            add(f"SHA256SUMS 列出的 {name} 不在包里")
        elif files.digest(name) != digest:
            add(f"{name} 的内容与 SHA256SUMS 不符")
    for name in sorted(set(files) - listed - {"SHA256SUMS"}):
        add(f"SHA256SUMS 没有列出 {name}")


# ---- section 1: the manifest ----


def parse_json(data):
    """JSON of strings, integers, arrays and objects (null too), no key twice."""

    def no_duplicates(pairs):
        keys = [key for key, _ in pairs]
        if len(set(keys)) != len(keys):
            raise Wrong("同一个键出现两次")
        return dict(pairs)

    def refuse(text):
        raise Wrong(f"不允许的数 {text}")

    try:
        return json.loads(
            data.decode("utf-8"), object_pairs_hook=no_duplicates, parse_float=refuse, parse_constant=refuse
        )
    except (json.JSONDecodeError, RecursionError) as error:
        raise Wrong(f"不是 JSON：{error}") from error


def canonical(value):
    """RFC 8785 for values without fractions: keys in the order of their UTF-16 code units, nothing to spare."""
    if isinstance(value, dict):
        keys = sorted(value, key=lambda key: key.encode("utf-16-be"))
        return "{" + ",".join(f"{canonical(key)}:{canonical(value[key])}" for key in keys) + "}"
    if isinstance(value, list):
        return "[" + ",".join(map(canonical, value)) + "]"
    return json.dumps(value, ensure_ascii=False)


FROZEN_FILE = {"size": int, "digest": str}
MANIFEST = {
    "protocol": str,
    "campaign": str,
    "mode": str,
    "frozen_at": str,
    "items": [{"item": str, "department": str, "qualifications": [str], "population": FROZEN_FILE}],
    "strata": [
        {"item": str, "stratum": str, "size": int, "digest": str, "ratio_ppm": int, "minimum": int, "sample": int}
    ],
    "teams": [{"department": str, "size": int}],
    "entities": FROZEN_FILE,
    "inspectors": FROZEN_FILE,
    "exclusions": FROZEN_FILE,
    "contributors": [str],
}


class Maybe:
    """A shape that may be null instead."""

    def __init__(self, shape):
        self.shape = shape


class FreeText:
    """Any text, as a person has written it."""


def check_shape(value, shape, where):
    if isinstance(shape, Maybe):
        if value is not None:
            check_shape(value, shape.shape, where)
    elif shape is FreeText:
        if not isinstance(value, str):
            raise Wrong(f"{where} 应为文本")
    elif isinstance(shape, dict):
        if not isinstance(value, dict):
            raise Wrong(f"{where} 应为对象")
        if set(value) != set(shape):
            raise Wrong(f"{where} 的键应为 {'、'.join(shape)}，实为 {'、'.join(map(str, value))}")
        for key, inner in shape.items():
            check_shape(value[key], inner, f"{where}.{key}")
    elif isinstance(shape, list):
        if not isinstance(value, list):
            raise Wrong(f"{where} 应为列表")
        for at, one in enumerate(value):
            check_shape(one, shape[0], f"{where}[{at}]")
    elif shape is int:
        if type(value) is not int or not 0 <= value < 2**53:
            raise Wrong(f"{where} 应为非负整数")
    elif not isinstance(value, str) or not is_clean(value) or value == "":
        raise Wrong(f"{where} 应为不含控制字符的规范文本")
    elif where.endswith(".digest") and not re.fullmatch("[0-9a-f]{64}", value):
        raise Wrong(f"{where} 应为 64 位小写十六进制")


def is_clean(text):
    """Unicode NFC without control characters."""
    return not any(unicodedata.category(each) in ("Cc", "Cs") for each in text) and unicodedata.is_normalized("NFC", text)


def rising(values):
    return all(map(lt, values, islice(values, 1, None)))


def read_manifest(add, data):
    if data is None:
        raise Wrong("缺少 manifest.json")
    manifest = parse_json(data)
    check_shape(manifest, MANIFEST, "manifest")
    if canonical(manifest).encode("utf-8") != data:
        add("清单不是 RFC 8785 规范写法：同样的内容只允许一种写法")
    if manifest["protocol"] != PROTOCOL:
        raise Wrong(f"协议应为 {PROTOCOL}，实为 {manifest['protocol']}")
    if manifest["mode"] not in ("joint", "per_item"):
        raise Wrong(f"没有这种方式：{manifest['mode']}")
    if not is_instant(manifest["frozen_at"]):
        add(f"冻结时间写法不对：{manifest['frozen_at']}")
    items = [item["item"] for item in manifest["items"]]
    teams = [team["department"] for team in manifest["teams"]]
    orders = {
        "items": items,
        "strata": [(line["item"], line["stratum"]) for line in manifest["strata"]],
        "teams": teams,
        "contributors": manifest["contributors"],
    }
    for name, keys in orders.items():
        if not rising(keys):
            add(f"{name} 没有排序，或有重复")
    if not items or not manifest["strata"]:
        raise Wrong("没有任何事项或层")
    for name in [*items, *(line["stratum"] for line in manifest["strata"])]:
        if "/" in name or "\\" in name or name in (".", ".."):
            raise Wrong(f"不能用作文件名：{name}")
    for line in manifest["strata"]:
        if (line["item"] == "*") != (manifest["mode"] == "joint") or line["item"] not in [*items, "*"]:
            raise Wrong(f"层 {line['item']}/{line['stratum']} 与方式 {manifest['mode']} 不合")
    for item in manifest["items"]:
        if item["item"] == "*":
            raise Wrong("事项不能名为 *")
        if item["department"] not in teams:
            raise Wrong(f"{item['department']} 有事项而没有队伍人数")
    if any(team["size"] < 1 for team in manifest["teams"]):
        add("队伍人数至少为 1")
    if len(manifest["contributors"]) < 2:
        add("至少要有两方提供随机值")
    return manifest


INSTANT = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})T([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](\.[0-9]{1,9})?Z")


def is_instant(text):
    match = isinstance(text, str) and INSTANT.fullmatch(text)
    if not match:
        return False
    year, month, day = (int(part) for part in match.groups()[:3])
    leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    days = [31, 29 if leap else 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
    return 1 <= month <= 12 and 1 <= day <= days[month - 1]


def instant_key(text):
    """Orders instants whatever their number of decimals."""
    whole, _, fraction = text[:-1].partition(".")
    return whole, fraction.ljust(9, "0")


def check_commitment(add, manifest, commitment):
    if sha256(manifest) != commitment:
        add(f"清单的承诺值是 {sha256(manifest)}，事先公布的是 {commitment}：清单在公布之后被改过，或不是同一次抽取")


def check_witnessed(add, data, published):
    given = {} if data is None else parse_json(data)
    for key, table, expected in (("seal", "seals", published.seals), ("value", "values", published.values)):
        for contributor, text in expected:
            lines = given.get(table, []) if isinstance(given, dict) else []
            found = [line.get(key) for line in lines if isinstance(line, dict) and line.get("contributor") == contributor]
            if found != [text]:
                add(f"{contributor} 公布的是 {text}，文件包里是 {'、'.join(map(str, found)) or '没有'}")


def sample_size(size, ratio_ppm, minimum):
    return 0 if size == 0 else min(size, max(minimum, (size * ratio_ppm + 999_999) // 1_000_000))


def check_samples(add, manifest):
    for line in manifest["strata"]:
        expected = sample_size(line["size"], line["ratio_ppm"], line["minimum"])
        if line["sample"] != expected:
            add(f"层 {line['item']}/{line['stratum']} 应抽 {expected} 户，清单写 {line['sample']} 户")


# ---- section 1: the populations ----

CONTROLS = bytes([*range(10), *range(11, 32), 127])


def is_plain(data):
    """Nothing but ASCII and line feeds: clean without looking at each line."""
    return data.isascii() and len(data.translate(None, CONTROLS)) == len(data)


def read_lines(data, name, add):
    """The lines of a frozen text file, sorted and without duplicates."""
    if data and not data.endswith(b"\n"):
        add(f"{name} 末行没有换行")
    lines = data.split(b"\n")
    if lines[-1] == b"":
        lines.pop()
    if not rising(lines):
        add(f"{name} 没有按字节排序，或有重复")
    if b"" in lines[:1]:
        add(f"{name} 有空行")
    if not is_plain(data) and not all(is_clean(line.decode("utf-8")) for line in lines):
        add(f"{name} 含有控制字符或不规范的文字")
    return lines


class Populations:
    """strata: (item, stratum) → codes; items: item → codes. Equal files share one list."""

    def __init__(self):
        self.strata = {}
        self.items = {}


def read_populations(add, manifest, files):
    populations = Populations()
    strata, items = population_files(manifest)
    read = {}

    def load(name, size, digest):
        data = files.get(name)
        if data is None:
            raise Wrong(f"缺少 {name}")
        actual = files.digest(name)
        if actual not in read:
            read[actual] = read_lines(data, name, add)
        if actual != digest:
            add(f"{name} 的指纹与清单不符：名录在冻结之后被改过")
        if len(read[actual]) != size:
            add(f"{name} 有 {len(read[actual])} 户，清单写 {size} 户")
        return read[actual]

    for line in manifest["strata"]:
        key = (line["item"], line["stratum"])
        populations.strata[key] = load(strata[key], line["size"], line["digest"])
    for item in manifest["items"]:
        name, population = item["item"], item["population"]
        if manifest["mode"] == "joint":
            populations.items[name] = load(items[name], population["size"], population["digest"])
            continue
        codes = merged([lines for key, lines in populations.strata.items() if key[0] == name])
        populations.items[name] = codes
        if len(codes) != population["size"]:
            add(f"事项 {name} 各层共 {len(codes)} 户，清单写 {population['size']} 户")
        if sha256(b"".join(code + b"\n" for code in codes)) != population["digest"]:
            add(f"事项 {name} 的对象名录与清单的指纹不符")
    return populations


def merged(lists):
    """Sorted; sorted runs merge fast."""
    return sorted(chain(*lists)) if len(lists) != 1 else lists[0]


def distinct(codes):
    """The elements of a sorted list, once each."""
    return list(compress(codes, map(ne, codes, chain((None,), codes))))


def check_partition(add, manifest, populations, files):
    # Items often have the same list.
    lists = {id(codes): codes for codes in populations.items.values()}
    union = distinct(merged(list(lists.values())))
    if manifest["mode"] == "joint":
        strata = merged(list(populations.strata.values()))
        # What equals the union, which holds everything once, has nothing twice.
        if strata != union:
            if not rising(strata):
                add("有的户同时在两个层里")
            lost, extra = sorted(set(union).difference(strata)), sorted(set(strata).difference(union))
            for code in lost[:3]:
                add(f"{code.decode()} 在事项的对象里，却不在任何一层")
            for code in extra[:3]:
                add(f"{code.decode()} 在层里，却不是任何事项的对象")
    else:
        for item in populations.items:
            if not rising(populations.items[item]):
                add(f"事项 {item} 有的户同时在两个层里")
    return read_entities(add, manifest, union, files)


class Regions:
    """Region of each entity; the few that are drawn are looked up in the sorted list."""

    def __init__(self, codes, regions):
        self.codes, self.regions = codes, regions

    def get(self, code):
        at = bisect_left(self.codes, code)
        return self.regions[at].decode("utf-8") if at < len(self.codes) and self.codes[at] == code else ""


BUT_SEPARATORS = bytes(set(range(256)) - set(b",\n"))


def read_entities(add, manifest, union, files):
    """Region of each entity."""
    check_frozen(add, manifest, "entities", files)
    data = files["entities.csv"]
    is_simple = b'"' not in data and b"\r" not in data and data.startswith(b"code,region\n")
    if is_simple and data.translate(None, BUT_SEPARATORS) == b",\n" * data.count(b"\n"):
        flat = data[12:-1].replace(b"\n", b",").split(b",") if len(data) > 12 else []
        codes, regions = flat[0::2], flat[1::2]
    else:
        table = read_csv("entities.csv", data)
        codes, regions = [row[0].encode() for row in table], [row[1].encode() for row in table]
    if len(codes) != manifest["entities"]["size"]:
        add(f"entities.csv 有 {len(codes)} 户，清单写 {manifest['entities']['size']} 户")
    if codes != union:
        add("entities.csv 不等于各事项对象的全体（按代码排序）")
    if b"" in regions or not is_plain(data) and not all(is_clean(region.decode("utf-8")) for region in set(regions)):
        add("entities.csv 里有空的或不规范的地区")
    return Regions(codes, regions)


def check_frozen(add, manifest, name, files):
    if f"{name}.csv" not in files:
        raise Wrong(f"缺少 {name}.csv")
    if files.digest(f"{name}.csv") != manifest[name]["digest"]:
        add(f"{name}.csv 的指纹与清单不符")


# ---- section 5: CSV, inspectors, exclusions ----


NEEDS_QUOTES = re.compile('[",\r\n]').search


def cell(text):
    return '"' + text.replace('"', '""') + '"' if NEEDS_QUOTES(text) else text


def to_csv(name, rows):
    rows = [CSV_HEADERS[name], *(list(map(str, row)) for row in rows)]
    text = "\n".join(map(",".join, rows)) + "\n"
    is_simple = '"' not in text and "\r" not in text and text.count("\n") == len(rows)
    if not is_simple or text.count(",") != sum(map(len, rows)) - len(rows):
        text = "".join(",".join(map(cell, row)) + "\n" for row in rows)
    return text.encode("utf-8")


FIELD = re.compile(r'(?:"((?:[^"]|"")*)"|([^",\r\n]*))([,\n])')


def read_csv(name, data):
    """RFC 4180 with a header, `\\n` line ends, quotes only where needed: one way to write each table."""
    if data is None:
        raise Wrong(f"缺少 {name}")
    text = data.decode("utf-8")
    is_simple = '"' not in text and "\r" not in text and text.endswith("\n")
    rows = [line.split(",") for line in text[:-1].split("\n")] if is_simple else read_quoted(name, text)
    header = CSV_HEADERS[name]
    if not rows or rows[0] != header or any(len(one) != len(header) for one in rows):
        raise Wrong(f"{name} 的表头或列数不对")
    if not is_simple and to_csv(name, rows[1:]) != data:
        raise Wrong(f"{name} 不是规范的 CSV 写法")
    return rows[1:]


def read_quoted(name, text):
    rows, row, at = [], [], 0
    while at < len(text):
        match = FIELD.match(text, at)
        if not match:
            raise Wrong(f"{name} 第 {len(rows) + 1} 行不是规范的 CSV")
        quoted, plain, end = match.groups()
        row.append(plain if quoted is None else quoted.replace('""', '"'))
        if end == "\n":
            rows.append(row)
            row = []
        at = match.end()
    return rows


class Inspector:
    def __init__(self, row):
        self.name, self.department = row[0], row[1]
        # An area covers what begins with it after its trailing pairs of zeros are cut.
        self.areas = tuple(re.sub("(00)+$", "", area) for area in row[2].split(";")) if row[2] else ()
        self.qualifications = set(row[3].split(";")) if row[3] else set()
        self.capacity = int(row[4]) if row[4] else None

    def serves(self, region):
        return not self.areas or region.startswith(self.areas)


class Pool:
    def __init__(self, inspectors, excluded):
        self.inspectors = inspectors
        # Pairs of inspector and entity.
        self.excluded = excluded
        self.by_name = {one.name: one for one in inspectors}


def read_pool(add, manifest, files):
    for name in ("inspectors", "exclusions"):
        check_frozen(add, manifest, name, files)
    rows = read_csv("inspectors.csv", files["inspectors.csv"])
    if not rising([(row[1], row[0]) for row in rows]):
        add("inspectors.csv 没有按部门、人员排序，或有重复")
    if len({row[0] for row in rows}) != len(rows):
        add("inspectors.csv 里同一个人出现两次")
    for row in rows:
        if not re.fullmatch("|0|[1-9][0-9]*", row[4]):
            raise Wrong(f"{row[0]} 的工作量上限不是数：{row[4]}")
        if not row[0] or not row[1] or not all(map(is_clean, row)):
            add(f"inspectors.csv 里有空的或不规范的一行：{row[0]}")
        if any("" in row[at].split(";") for at in (2, 3) if row[at]):
            add(f"{row[0]} 的地区或资质里有空项")
    exclusions = read_csv("exclusions.csv", files["exclusions.csv"])
    if not rising(exclusions):
        add("exclusions.csv 没有排序，或有重复")
    for name, table in (("inspectors", rows), ("exclusions", exclusions)):
        if len(table) != manifest[name]["size"]:
            add(f"{name}.csv 有 {len(table)} 行，清单写 {manifest[name]['size']} 行")
    return Pool([Inspector(row) for row in rows], {(row[0], row[1]) for row in exclusions})


# ---- section 2: seals, values, seed ----


def is_public(contributor):
    return contributor.startswith("public:")


def is_printable(value):
    return not any(unicodedata.category(each) in ("Cc", "Cf", "Cs", "Zl", "Zp") for each in value)


def read_contributions(add, manifest, commitment, data):
    """Value of each contributor, the seed that the bundle gives, and when the last value was known."""
    if data is None:
        raise Wrong("缺少 contributions.json")
    given = parse_json(data)
    if not isinstance(given, dict) or set(given) != {"commitment", "seals", "values", "seed"}:
        raise Wrong("contributions.json 的键应为 commitment、seals、values、seed")
    if given["commitment"] != commitment:
        add(f"contributions.json 的承诺值不是清单的 SHA-256（{commitment}）")
    contributors = manifest["contributors"]
    seals = by_contributor(given["seals"], {"contributor", "seal", "sealed_at"}, "seals")
    values = by_contributor(given["values"], {"contributor", "value", "source", "revealed_at"}, "values")
    departments = [one for one in contributors if not is_public(one)]
    for name, found, expected in (("封存值", seals, departments), ("随机值", values, contributors)):
        for one in sorted(set(expected) - set(found)):
            add(f"{one} 没有{name}")
        for one in sorted(set(found) - set(expected)):
            add(f"{one} 不在清单里，却有{name}")
    for one, line in values.items():
        value, source = line["value"], line["source"]
        if not isinstance(value, str) or value == "" or not is_clean(value):
            raise Wrong(f"{one} 的随机值不是规范的文本")
        if is_public(one):
            if not isinstance(source, str) or source.strip() == "":
                add(f"{one} 没有写明查证途径")
        elif not 16 <= len(value) <= 256 or not is_printable(value):
            add(f"{one} 的随机值应为 16 至 256 个可见字符")
    for one, line in seals.items():
        if one in values:
            text = f"onevisit-seal/1\n{commitment}\n{one}\n{values[one]['value']}"
            if line["seal"] != sha256(text.encode("utf-8")):
                add(f"{one} 揭示的值与它的封存值不符")
    check_order(add, manifest, seals, values)
    if set(values) != set(contributors):
        raise Wrong("随机值不齐，算不出种子")
    latest = max((values[one]["revealed_at"] for one in contributors), key=instant_key)
    return {one: values[one]["value"] for one in contributors}, given["seed"], latest


def by_contributor(lines, keys, where):
    if not isinstance(lines, list):
        raise Wrong(f"{where} 应为列表")
    found = {}
    for line in lines:
        if not isinstance(line, dict) or set(line) != keys or not isinstance(line["contributor"], str):
            raise Wrong(f"{where} 的每一项应有 {'、'.join(sorted(keys))}")
        if line["contributor"] in found:
            raise Wrong(f"{where} 里 {line['contributor']} 出现两次")
        found[line["contributor"]] = line
    return found


def check_order(add, manifest, seals, values):
    """Frozen, then sealed, then revealed, then the public value."""
    stages = [
        [manifest["frozen_at"]],
        [line["sealed_at"] for line in seals.values()],
        [line["revealed_at"] for one, line in values.items() if not is_public(one)],
        [line["revealed_at"] for one, line in values.items() if is_public(one)],
    ]
    if not all(is_instant(each) for stage in stages for each in stage):
        raise Wrong("封存或揭示的时间写法不对")
    stages = [sorted(map(instant_key, stage)) for stage in stages if stage]
    for earlier, later in zip(stages, stages[1:]):
        if earlier[-1] > later[0]:
            add("时间顺序不对：应先冻结，再封存，再揭示，最后登记公共随机值")


def check_seed(add, manifest, commitment, given):
    values, stated, _ = given
    lines = "".join(f"{one}\t{values[one]}\n" for one in manifest["contributors"])
    seed = sha256(f"onevisit-seed/1\n{commitment}\n{lines}".encode("utf-8"))
    if stated != seed:
        add(f"按公布的随机值，种子应为 {seed}")
    return seed


# ---- sections 3 and 4: tickets, sample, visits ----


def first_tickets(codes, sample, ticket_of):
    """The `sample` smallest tickets with their codes, in order."""
    if sample == 0:
        return []
    tickets = ticket_of(codes)
    # Tickets are evenly spread: a cut a little above the expected place leaves few to sort. Too low a cut is seen.
    share = min(1.0, sample / len(codes) * 1.1 + 64 / len(codes))
    cut = int(share * 0xFFFFFFFF).to_bytes(4, "big") + b"\xff" * 28
    candidates = sorted([pair for pair in zip(tickets, codes) if pair[0] <= cut])
    if len(candidates) < sample:
        candidates = sorted(zip(tickets, codes))
    return candidates[:sample]


def ticket_maker(seed, remember):
    prefix = f"{seed}\nentity\n".encode("ascii")
    digest = hashlib.sha256
    known = {}

    def tickets(codes):
        if not remember:
            return [digest(prefix + code).digest() for code in codes]
        for code in codes:
            if code not in known:
                known[code] = digest(prefix + code).digest()
        return [known[code] for code in codes]

    return tickets


def check_drawn(add, manifest, populations, seed, data):
    """Item, stratum → (ticket, code) in order."""
    ticket_of = ticket_maker(seed, manifest["mode"] == "per_item")
    drawn = {}
    for line in manifest["strata"]:
        codes = populations.strata[(line["item"], line["stratum"])]
        sample = sample_size(len(codes), line["ratio_ppm"], line["minimum"])
        drawn[(line["item"], line["stratum"])] = first_tickets(codes, sample, ticket_of)
    rows = (
        [item, stratum, rank, code.decode("utf-8"), ticket.hex()]
        for (item, stratum), chosen in sorted(drawn.items())
        for rank, (ticket, code) in enumerate(chosen, 1)
    )
    compare(add, "drawn.csv", rows, data)
    return drawn


def check_visits(add, manifest, populations, drawn, data):
    """(code, items) of each visit, in order."""
    chosen = sorted({pair for pairs in drawn.values() for pair in pairs})
    items = {code: [] for _, code in chosen}
    if manifest["mode"] == "joint":
        for item, codes in populations.items.items():
            for code in items.keys() & codes:
                items[code].append(item)
    else:
        for (item, _), pairs in drawn.items():
            for _, code in pairs:
                items[code].append(item)
    visits = [(code, sorted(items[code])) for _, code in chosen]
    rows = ([number, code.decode("utf-8"), ";".join(of)] for number, (code, of) in enumerate(visits, 1))
    compare(add, "visits.csv", rows, data)
    return visits


def compare(add, name, rows, data):
    """A file must be these rows, byte by byte; otherwise says where it first differs."""
    if data is None:
        add(f"缺少 {name}")
        return
    expected = to_csv(name, rows)
    if expected == data:
        return
    want, found = expected.split(b"\n"), data.split(b"\n")
    at = next((at for at, (a, b) in enumerate(zip(want, found)) if a != b), min(len(want), len(found)))
    show = lambda lines: lines[at].decode("utf-8", "replace") if at < len(lines) and lines[at] else "（没有这一行）"
    add(f"{name} 第 {at + 1} 行应为“{show(want)}”，实为“{show(found)}”")


# ---- section 5: the assignment ----


class Need:
    """What one department needs at one visit."""

    def __init__(self, visit, code, region, department, size, qualifications):
        self.visit, self.code, self.region, self.department = visit, code, region, department
        self.size, self.qualifications = size, qualifications


def needs_of(manifest, visits, entities):
    items = {item["item"]: item for item in manifest["items"]}
    sizes = {team["department"]: team["size"] for team in manifest["teams"]}
    needs, known = [], {}

    def required(of):
        """What a visit with these items requires of each department."""
        wanted = {}
        for item in of:
            wanted.setdefault(items[item]["department"], set()).update(items[item]["qualifications"])
        return [(department, sizes[department], frozenset(wanted[department])) for department in sorted(wanted)]

    for number, (code, of) in enumerate(visits, 1):
        key = tuple(of)
        if key not in known:
            known[key] = required(of)
        region, text = entities.get(code), code.decode("utf-8")
        needs += (Need(number, text, region, *each) for each in known[key])
    return needs


def check_rules(add, needs, pool, data):
    """Team of each need, as far as it breaks no rule."""
    rows = read_csv("assignments.csv", data)
    by_place = {(need.visit, need.department): need for need in needs}
    teams = {place: [] for place in by_place}
    keys, load = [], {}
    is_number = re.compile("[1-9][0-9]*").fullmatch
    for visit, department, name in rows:
        if not is_number(visit):
            raise Wrong(f"assignments.csv 里上门编号不是数：{visit}")
        place = (int(visit), department)
        keys.append((*place, name))
        need, person = by_place.get(place), pool.by_name.get(name)
        broken = None
        if need is None:
            broken = "该部门在这次上门没有事项"
        elif person is None:
            broken = "不在检查人员名单里"
        elif person.department != department:
            broken = f"属于 {person.department}"
        elif not person.serves(need.region):
            broken = f"不负责地区 {need.region}"
        elif not need.qualifications <= person.qualifications:
            broken = f"缺少资质 {'、'.join(sorted(need.qualifications - person.qualifications))}"
        elif (name, need.code) in pool.excluded:
            broken = f"应当回避 {need.code}"
        elif name in teams[place]:
            broken = "在同一队里出现两次"
        elif person.capacity is not None and load.get(name, 0) >= person.capacity:
            broken = f"超过工作量上限 {person.capacity}"
        elif len(teams[place]) >= need.size:
            broken = f"该队已满 {need.size} 人"
        if broken is None:
            teams[place].append(name)
            load[name] = load.get(name, 0) + 1
        else:
            add(f"第 {visit} 次上门 {department} 的 {name}：{broken}")
    if not rising(keys):
        add("assignments.csv 没有按上门、部门、人员排序，或有重复")
    return teams


class Flow:
    """The teams of one department as a flow from needs to inspectors, to be improved where that is possible."""

    def __init__(self, needs, inspectors, excluded, teams):
        self.needs, self.inspectors = needs, inspectors
        index = {one.name: at for at, one in enumerate(inspectors)}
        # Needs of one region and the same qualifications have the same candidates.
        groups = {}
        self.group = []
        for need in needs:
            key = (need.region, need.qualifications)
            if key not in groups:
                groups[key] = len(groups)
            self.group.append(groups[key])
        self.candidates = [
            [at for at, one in enumerate(inspectors) if one.serves(region) and wanted <= one.qualifications]
            for region, wanted in groups
        ]
        self.barred = {}
        for name, code in excluded:
            if name in index:
                self.barred.setdefault(code, set()).add(index[name])
        self.team = [{index[name] for name in teams[(need.visit, need.department)]} for need in needs]
        self.served = [set() for _ in inspectors]
        for at, team in enumerate(self.team):
            for one in team:
                self.served[one].add(at)

    def capacities(self):
        return [len(self.needs) if one.capacity is None else one.capacity for one in self.inspectors]

    def filled(self):
        return sum(map(len, self.team))

    def drop(self, need, one):
        self.team[need].discard(one)
        self.served[one].discard(need)

    def fill(self, caps):
        """Augments until no slot more can be filled within `caps`; returns how many were. Then no path is left."""
        gained = 0
        while True:
            unseen = [list(reversed(each)) for each in self.candidates]
            seen_one, seen_need = [False] * len(self.inspectors), [False] * len(self.needs)
            before = gained
            for start, need in enumerate(self.needs):
                while len(self.team[start]) < need.size and not seen_need[start]:
                    if not self.search(start, caps, unseen, seen_one, seen_need):
                        break
                    gained += 1
            if gained == before:
                return gained

    def search(self, start, caps, unseen, seen_one, seen_need):
        """One breadth-first search; what was seen leads nowhere and is not entered again in this round."""
        came_from = {}
        queue = [start]
        seen_need[start] = True
        for need in queue:
            barred = self.barred.get(self.needs[need].code, ())
            kept = []
            waiting = unseen[self.group[need]]
            while waiting:
                one = waiting.pop()
                if seen_one[one]:
                    continue
                if one in barred or one in self.team[need]:
                    kept.append(one)
                    continue
                came_from[one] = need
                if len(self.served[one]) < caps[one]:
                    waiting.extend(reversed(kept))
                    waiting.append(one)
                    self.turn(one, start, came_from)
                    seen_need[start] = False
                    return True
                seen_one[one] = True
                for other in self.served[one]:
                    if not seen_need[other]:
                        seen_need[other] = True
                        came_from[(other,)] = one
                        queue.append(other)
            waiting.extend(reversed(kept))
        return False

    def turn(self, one, start, came_from):
        while True:
            need = came_from[one]
            self.team[need].add(one)
            self.served[one].add(need)
            if need == start:
                return
            one = came_from[(need,)]
            self.drop(need, one)


def flows_of(needs, pool, teams):
    flows = []
    for department in sorted({need.department for need in needs}):
        own = [need for need in needs if need.department == department]
        people = [one for one in pool.inspectors if one.department == department]
        flows.append((department, Flow(own, people, pool.excluded, teams)))
    return flows


def check_complete(add, flows):
    for department, flow in flows:
        gained = flow.fill(flow.capacities())
        if gained > 0:
            add(f"{department} 本可再派 {gained} 人次，却空缺")


def check_workload(add, flows):
    for department, flow in flows:
        largest, filled = max(map(len, flow.served), default=0), flow.filled()
        if largest < 2:
            continue
        caps = [min(largest - 1, capacity) for capacity in flow.capacities()]
        if sum(caps) < filled:
            continue
        for one, served in enumerate(flow.served):
            while len(served) > caps[one]:
                flow.drop(max(served), one)
        flow.fill(caps)
        if flow.filled() >= filled:
            add(f"{department} 最忙的人有 {largest} 次，本可不超过 {largest - 1} 次")


def check_matching(add, needs, pool, seed, data):
    """The assignment step by step as the project's docs/matching.md describes it."""
    rows = []
    for department in sorted({need.department for need in needs}):
        own = [need for need in needs if need.department == department]
        people = [one for one in pool.inspectors if one.department == department]
        for need, team in zip(own, Rounds(department, own, people, pool.excluded, seed).assign()):
            rows += ((need.visit, department, people[at].name) for at in team)
    compare(add, "assignments.csv", sorted(rows), data)


class Rounds:
    """Rounds of one visit each: the draw, then the repair by breadth-first search."""

    def __init__(self, department, needs, people, excluded, seed):
        self.department, self.needs, self.people, self.seed = department, needs, people, seed
        places = {one.name: at for at, one in enumerate(people)}
        self.barred = {}
        for name, code in excluded:
            if name in places:
                self.barred.setdefault(code, set()).add(places[name])
        # Needs of one region and the same qualifications have the same eligible inspectors, but for exclusions.
        keys = {}
        self.group = [keys.setdefault((need.region, need.qualifications), len(keys)) for need in needs]
        self.eligible = [
            {at for at, one in enumerate(people) if one.serves(region) and wanted <= one.qualifications}
            for region, wanted in keys
        ]
        self.team = [set() for _ in needs]
        # Needs in ascending order.
        self.served = [[] for _ in people]

    def assign(self):
        # The first need that may be short.
        first, team, sizes = 0, self.team, [need.size for need in self.needs]
        # Whom no failed search of a round has reached can't be reached later either.
        within_reach = set().union(*self.eligible)
        for level in range(1, len(self.needs) + 1):
            while first < len(sizes) and len(team[first]) == sizes[first]:
                first += 1
            if first == len(self.needs):
                break
            self.start_round(level, within_reach)
            placed = 0
            for step in (self.draw, self.search):
                for at in range(first, len(self.needs)):
                    if self.free_count == 0:
                        break
                    while len(team[at]) < sizes[at] and step(at):
                        placed += 1
            if self.free_count > 0:
                within_reach = self.dead_people
            if placed == 0:
                break
        return self.team

    def start_round(self, level, within_reach):
        prefix = f"{self.seed}\ninspector\n{self.needs[level - 1].code}\n{self.department}\n"
        names = [self.people[one].name for one in within_reach]
        tickets = [sha256((prefix + name).encode("utf-8")) for name in names]
        order = [one for _, _, one in sorted(zip(tickets, names, within_reach))]
        self.limit = [level if one.capacity is None else min(level, one.capacity) for one in self.people]
        self.lists = [[one for one in order if one in eligible] for eligible in self.eligible]
        free = set(filter(self.is_free, order))
        self.open = [[one for one in each if one in free] for each in self.lists]
        self.free_count = len(free)
        self.dead_people, self.dead_needs = set(), set()

    def is_free(self, one):
        return len(self.served[one]) < self.limit[one]

    def first_free(self, at):
        """The first free candidate of a need; who is not free any more leaves the group's list for good."""
        group = self.open[self.group[at]]
        if not group:
            return None
        barred, team = self.barred.get(self.needs[at].code, ()), self.team[at]
        served, limit = self.served, self.limit
        place = 0
        while place < len(group):
            one = group[place]
            if len(served[one]) >= limit[one]:
                del group[place]
            elif one in barred or one in team:
                place += 1
            else:
                return one
        return None

    def place(self, one, at):
        self.team[at].add(one)
        insort(self.served[one], at)

    def draw(self, at):
        one = self.first_free(at) if self.open[self.group[at]] and self.free_count > 0 else None
        if one is None:
            return False
        self.place(one, at)
        self.free_count -= not self.is_free(one)
        return True

    def search(self, start):
        if self.free_count == 0:
            return False
        through, reached_from, rest = {start: None}, {}, {}
        reached, dead = [], self.dead_people
        for at in self.reach(start, through, reached):
            group = self.group[at]
            one = self.first_free(at) if self.open[group] else None
            if one is not None:
                self.move(one, at, start, through, reached_from)
                return True
            waiting = rest[group] if group in rest else self.lists[group]
            if not waiting:
                continue
            kept = self.team[at].union(self.barred.get(self.needs[at].code, ()))
            open_to = [one for one in waiting if one not in reached_from and one not in dead]
            fresh = [one for one in open_to if one not in kept]
            rest[group] = [one for one in open_to if one in kept] if len(fresh) < len(open_to) else []
            reached_from.update(dict.fromkeys(fresh, at))
            reached += fresh
        # Nobody free is behind what this search has reached: later ones of the round need not enter it.
        self.dead_people.update(reached_from)
        self.dead_needs.update(through)
        for group, left in rest.items():
            self.lists[group] = left
        return False

    def reach(self, start, through, reached):
        """Needs in the order of the search's queue; each is looked at only when its turn comes."""
        yield start
        for one in reached:  # grows meanwhile
            for other in self.served[one]:
                if other not in through and other not in self.dead_needs:
                    through[other] = one
                    yield other

    def move(self, one, at, start, through, reached_from):
        newcomer = one
        while at != start:
            leaving = through[at]
            self.team[at].discard(leaving)
            del self.served[leaving][bisect_left(self.served[leaving], at)]
            self.place(one, at)
            one, at = leaving, reached_from[leaving]
        self.place(one, at)
        self.free_count -= not self.is_free(newcomer)


# ---- the public record: what was changed after the draw (docs/draw-record.md of the project) ----

RECORD_HEAD = {
    "campaign": str, "ceremony": int, "seq": int, "previous": str, "at": str, "reason": FreeText, "kind": str
}
RECORD = {
    "replacement": {
        **RECORD_HEAD,
        "inspector": str,
        "scope": str,
        "changes": [{"visit": int, "department": str, "by": Maybe(str)}],
    },
    "supplement": {
        **RECORD_HEAD,
        "strata": [{"item": str, "stratum": str, "ratio_ppm": int, "minimum": int, "sample": int}],
        "visits": [{"visit": int, "code": str, "items": [str]}],
        "changes": [{"visit": int, "department": str, "inspector": str, "by": Maybe(str)}],
        "assignments": [{"visit": int, "department": str, "inspector": str}],
    },
}


def read_json_lines(add, data, name):
    """Text and value of each line; a line can be written in one way only."""
    if data and not data.endswith(b"\n"):
        raise Wrong(f"{name} 末行没有换行")
    lines = []
    for number, line in enumerate(data.split(b"\n")[:-1], 1):
        try:
            value = parse_json(line)
        except Wrong as wrong:
            raise Wrong(f"{name} 第 {number} 行：{wrong}") from wrong
        if not isinstance(value, dict):
            raise Wrong(f"{name} 第 {number} 行应为对象")
        if canonical(value).encode("utf-8") != line:
            add(f"{name} 第 {number} 行不是 RFC 8785 规范写法")
        lines.append((line, value))
    return lines


def is_second(text):
    return is_instant(text) and len(text) == 20


def check_record(report, standing, data, result, given):
    """Carries out the lines one after the other; each is judged by what those before have led to."""
    entries = report.run("chain", read_record, data, result, given[2][:19] + "Z")
    if entries is None:
        return
    checks = {"replacement": ("replacements", check_replacement), "supplement": ("supplement", check_supplement)}
    report.made.update(("replacements", "supplement"))
    for entry in entries:
        name, check = checks[entry["kind"]]
        if report.run(name, check, standing, entry) is None:
            return


def read_record(add, data, result, drawn_at):
    entries = []
    previous, at = result["bundle"], drawn_at
    for number, (line, entry) in enumerate(read_json_lines(add, data, "记录"), 1):
        where = f"记录第 {number} 行"
        if entry.get("kind") not in ("replacement", "supplement"):
            raise Wrong(f"{where}的种类不认识：{entry.get('kind')}")
        check_shape(entry, RECORD[entry["kind"]], where)
        if not is_second(entry["at"]):
            raise Wrong(f"{where}的时间写法不对：{entry['at']}")
        if entry["campaign"] != result["campaign"]:
            add(f"{where}属于另一个任务：{entry['campaign']}")
        if entry["ceremony"] != (entries or [entry])[0]["ceremony"] or entry["ceremony"] == 0:
            add(f"{where}的仪式编号不对：{entry['ceremony']}")
        if entry["seq"] != number:
            add(f"{where}的序号是 {entry['seq']}：有缺行、多行或换过位置")
        if entry["previous"] != previous:
            add(f"{where}没有接在{'这个文件包' if number == 1 else '前一行'}之后：前面的内容被改过，或不是同一次抽取")
        if entry["at"] < at:
            add(f"{where}的时间早于它前面的事")
        entries.append(entry)
        previous, at = sha256(line), entry["at"]
    result["record"] = {"lines": len(entries), "last": previous if entries else None}
    ceremonies = result.get("ceremonies")
    if entries and ceremonies and entries[0]["ceremony"] != ceremonies[-1]["ceremony"]:
        add(f"记录属于第 {entries[0]['ceremony']} 次仪式，抽取的是第 {ceremonies[-1]['ceremony']} 次")
    return entries


class Standing:
    """Samples, visits, teams and workloads, as the draw and the lines of the record so far have made them."""

    def __init__(self, manifest, populations, visits, seed):
        self.manifest, self.populations, self.seed = manifest, populations, seed
        self.visits = list(visits)
        self.strata = {
            (line["item"], line["stratum"]): {key: line[key] for key in ("ratio_ppm", "minimum", "sample")}
            for line in manifest["strata"]
        }
        self.teams = None
        # Lines of the record by the visit that they touch.
        self.touched = {}

    def staff(self, needs, entities, pool, teams):
        self.entities, self.pool = entities, pool
        self.needs = {(need.visit, need.department): need for need in needs}
        self.teams = {place: sorted(team) for place, team in teams.items()}
        self.load = {one.name: 0 for one in pool.inspectors}
        for team in teams.values():
            for name in team:
                self.load[name] += 1
        # Whoever is out for the rest of the campaign, and by place whoever has left it.
        self.out, self.left = set(), {}

    def successor(self, need, taken):
        """Of those who may go, the one with the smallest ticket; None where nobody may."""
        prefix = f"{self.seed}\ninspector\n{need.code}\n{need.department}\n"
        tickets = [
            (sha256((prefix + one.name).encode("utf-8")), one.name)
            for one in self.pool.inspectors
            if one.department == need.department
            and one.name not in taken
            and one.name not in self.out
            and one.serves(need.region)
            and need.qualifications <= one.qualifications
            and (one.name, need.code) not in self.pool.excluded
            and (one.capacity is None or self.load[one.name] < one.capacity)
        ]
        return min(tickets)[1] if tickets else None

    def replace(self, vacancies):
        """Who goes in each place that somebody gives up, in order; teams and workloads follow."""
        taken, successors = {}, []
        for visit, department, leaving in vacancies:
            place = (visit, department)
            team = self.teams[place]
            # Whoever leaves counts as of the team for good, and whoever joins it, to the end of the line.
            own = taken.setdefault(place, self.left.get(place, set()).union(team))
            by = self.successor(self.needs[place], own)
            team.remove(leaving)
            self.left.setdefault(place, set()).add(leaving)
            self.load[leaving] -= 1
            if by is not None:
                team.append(by)
                self.load[by] += 1
                own.add(by)
            team.sort()
            successors.append(by)
        return successors

    def assign(self, needs):
        """The matching on new needs alone: without those who are out, with the capacity that is left of each."""
        rows = []
        for department in sorted({need.department for need in needs}):
            own = [need for need in needs if need.department == department]
            people = []
            for one in self.pool.inspectors:
                if one.department == department and one.name not in self.out:
                    left = copy.copy(one)
                    if one.capacity is not None:
                        left.capacity = max(0, one.capacity - self.load[one.name])
                    people.append(left)
            for need, team in zip(own, Rounds(department, own, people, self.pool.excluded, self.seed).assign()):
                rows += ((need.visit, department, people[at].name) for at in team)
        for visit, department, name in rows:
            self.teams[(visit, department)].append(name)
            self.load[name] += 1
        return sorted(rows)

    def touch(self, seq, visits):
        for visit in sorted(set(visits)):
            self.touched.setdefault(visit, []).append(seq)


def check_replacement(add, standing, entry):
    where, leaving = f"记录第 {entry['seq']} 行", entry["inspector"]
    if entry["scope"] not in ("all", "visits"):
        raise Wrong(f"{where}的范围不认识：{entry['scope']}")
    places = [(change["visit"], change["department"]) for change in entry["changes"]]
    if not places:
        add(f"{where}没有替换任何上门")
    if not rising(places):
        add(f"{where}没有按上门排序，或有重复")
    known = sorted({place for place in places if leaving in standing.teams.get(place, ())})
    for visit, department in sorted(set(places) - set(known)):
        add(f"{where}：{leaving} 不在第 {visit} 次上门 {department} 的队里")
    if entry["scope"] == "all":
        standing.out.add(leaving)
    expected = dict(zip(known, standing.replace([(*place, leaving) for place in known])))
    for place, change in zip(places, entry["changes"]):
        if place in expected and expected[place] != change["by"]:
            add(
                f"{where}：第 {place[0]} 次上门 {place[1]} 应由 {expected[place] or '（无人可补）'} 接替 {leaving}，"
                f"记录写 {change['by'] or '（无人可补）'}"
            )
    standing.touch(entry["seq"], (visit for visit, _ in known))
    return True


def check_supplement(add, standing, entry):
    where = f"记录第 {entry['seq']} 行"
    manifest = standing.manifest
    if [(one["item"], one["stratum"]) for one in entry["strata"]] != list(standing.strata):
        raise Wrong(f"{where}应按顺序列出全部分层")
    added = extend_samples(add, where, standing, entry["strata"])
    before = set(standing.needs)
    touched = extend_visits(standing, added)
    standing.needs = {
        (need.visit, need.department): need for need in needs_of(manifest, standing.visits, standing.entities)
    }
    visits = [
        {"visit": number, "code": standing.visits[number - 1][0].decode("utf-8"), "items": standing.visits[number - 1][1]}
        for number in touched
    ]
    same_list(add, f"{where}的上门", visits, entry["visits"])
    vacancies = [
        (*place, name)
        for place in sorted(before)
        for name in standing.teams[place]
        if not standing.needs[place].qualifications <= standing.pool.by_name[name].qualifications
    ]
    changes = [
        {"visit": visit, "department": department, "inspector": leaving, "by": by}
        for (visit, department, leaving), by in zip(vacancies, standing.replace(vacancies))
    ]
    same_list(add, f"{where}的替换", changes, entry["changes"])
    new = [place for place in standing.needs if place not in before]
    for place in new:
        standing.teams[place] = []
    assignments = [
        {"visit": visit, "department": department, "inspector": name}
        for visit, department, name in standing.assign([standing.needs[place] for place in new])
    ]
    same_list(add, f"{where}的派员", assignments, entry["assignments"])
    standing.touch(entry["seq"], touched)
    return True


def extend_samples(add, where, standing, strata):
    """The pairs of ticket and code that each stratum draws beyond those it has drawn."""
    added = {}
    ticket_of = ticket_maker(standing.seed, standing.manifest["mode"] == "per_item")
    for wish in strata:
        key = (wish["item"], wish["stratum"])
        now, codes = standing.strata[key], standing.populations.strata[key]
        sample = sample_size(len(codes), wish["ratio_ppm"], wish["minimum"])
        name = f"{where}：层 {'/'.join(key)}"
        if wish["ratio_ppm"] < now["ratio_ppm"] or wish["minimum"] < now["minimum"]:
            add(f"{name} 的比例或最少户数降低了")
        if wish["sample"] != sample:
            add(f"{name} 应抽 {sample} 户，记录写 {wish['sample']} 户")
        if sample > now["sample"]:
            added[key] = first_tickets(codes, sample, ticket_of)[now["sample"]:]
            standing.strata[key] = {**wish, "sample": sample}
        else:
            standing.strata[key] = {**wish, "sample": now["sample"]}
    if not added:
        add(f"{where}一户也没有多抽")
    return added


def extend_visits(standing, added):
    """Gives the newly drawn their visits and items; returns the numbers of visits that are new or got items."""
    items = {code: set() for pairs in added.values() for _, code in pairs}
    if standing.manifest["mode"] == "joint":
        for item, codes in standing.populations.items.items():
            for code in items.keys() & codes:
                items[code].add(item)
    else:
        for (item, _), pairs in added.items():
            for _, code in pairs:
                items[code].add(item)
    numbers = {code: number for number, (code, _) in enumerate(standing.visits, 1)}
    for _, code in sorted({pair for pairs in added.values() for pair in pairs}):
        if code not in numbers:
            standing.visits.append((code, []))
            numbers[code] = len(standing.visits)
    for code, further in items.items():
        standing.visits[numbers[code] - 1] = (code, sorted(further.union(standing.visits[numbers[code] - 1][1])))
    return sorted(numbers[code] for code in items)


def same_list(add, where, want, found):
    if want == found:
        return
    at = next((at for at, (a, b) in enumerate(zip(want, found)) if a != b), min(len(want), len(found)))
    show = lambda lines: canonical(lines[at]) if at < len(lines) else "（没有这一项）"
    add(f"{where}第 {at + 1} 项应为 {show(want)}，实为 {show(found)}")


# ---- the ceremonies that have ended, the void ones too (docs/draw-record.md) ----

CEREMONY = {
    "campaign": str,
    "ceremony": int,
    "previous": Maybe(str),
    "outcome": str,
    "reason": Maybe(FreeText),
    "withheld": [str],
    "at": str,
    "commitment": str,
    "manifest": MANIFEST,
    "frozen": Maybe(str),
    "seals": [{"contributor": str, "seal": str, "sealed_at": str}],
    "values": [{"contributor": str, "value": str, "source": Maybe(FreeText), "revealed_at": str}],
    "bundle": Maybe(str),
}


def read_ceremonies(add, data, manifest, result):
    ceremonies = []
    previous, ended = None, ""
    for number, (line, one) in enumerate(read_json_lines(add, data, "仪式记录"), 1):
        where = f"第 {number} 次仪式"
        check_shape(one, CEREMONY, where)
        if one["campaign"] != manifest["campaign"] or one["manifest"]["campaign"] != manifest["campaign"]:
            add(f"{where}属于另一个任务")
        if one["ceremony"] != number:
            add(f"仪式记录第 {number} 行是第 {one['ceremony']} 次仪式：隐去了一次，或换过位置")
        if one["previous"] != previous:
            add(f"{where}没有接在前一次之后：前面的内容被改过")
        if one["commitment"] != sha256(canonical(one["manifest"]).encode("utf-8")):
            add(f"{where}的承诺值不是清单的 SHA-256")
        if one["commitment"] in [other["commitment"] for other in ceremonies]:
            add(f"{where}用了先前一次仪式的清单：重来必须重新冻结")
        if ceremonies and ceremonies[-1]["outcome"] != "void":
            add(f"{where}之前的一次没有作废，不应再有仪式")
        if not is_second(one["at"]) or not is_instant(one["manifest"]["frozen_at"]):
            raise Wrong(f"{where}的时间写法不对")
        if one["manifest"]["frozen_at"][:19] < ended[:19]:
            add(f"{where}在前一次作废之前就已冻结")
        ceremonies.append(one)
        previous, ended = sha256(line), one["at"]
    own = [one for one in ceremonies if one["commitment"] == result["commitment"]]
    if not result["frozen"]:
        return ceremonies
    if own:
        if own[0]["frozen"] != result["bundle"]:
            add(f"第 {own[0]['ceremony']} 次仪式公布的名录文件指纹是 {own[0]['frozen']}，不是这个文件")
    elif ceremonies and (ceremonies[-1]["outcome"] != "void" or manifest["frozen_at"][:19] < ended[:19]):
        add("这份名录不属于任何一次仪式：有一次仪式被隐去")
    return ceremonies


def check_drawn_ceremony(add, last, result, contributions):
    """The last line is the ceremony of this bundle."""
    if not last or last[0]["outcome"] != "drawn":
        raise Wrong("仪式记录的最后一次不是抽取成功的那一次")
    (one,) = last
    if one["commitment"] != result["commitment"] or one["bundle"] != result["bundle"]:
        add("仪式记录的最后一次不是这个文件包")
    given = parse_json(contributions or b"{}")
    for key in ("seals", "values"):
        if not isinstance(given, dict) or given.get(key) != one[key]:
            add(f"第 {one['ceremony']} 次仪式的{'封存值' if key == 'seals' else '随机值'}与文件包里的不同")


def check_void(add, ceremonies):
    """Each void ceremony names exactly those who withheld, and has drawn nothing."""
    for one in ceremonies:
        where = f"第 {one['ceremony']} 次仪式"
        seals = by_contributor(one["seals"], {"contributor", "seal", "sealed_at"}, f"{where}的封存值")
        values = by_contributor(one["values"], {"contributor", "value", "source", "revealed_at"}, f"{where}的随机值")
        departments = [each for each in one["manifest"]["contributors"] if not is_public(each)]
        unsealed = [each for each in departments if each not in seals]
        unrevealed = [each for each in departments if each not in values]
        if not set(seals) <= set(departments) or not set(values) <= set(one["manifest"]["contributors"]):
            add(f"{where}有清单以外的一方")
        for each in sorted(set(seals) & set(values)):
            text = f"onevisit-seal/1\n{one['commitment']}\n{each}\n{values[each]['value']}"
            if seals[each]["seal"] != sha256(text.encode("utf-8")):
                add(f"{where}：{each} 揭示的值与它的封存值不符")
        if any(each not in seals for each in values if not is_public(each)):
            add(f"{where}：有的值没有封存就揭示了")
        check_order(lambda text: add(f"{where}：{text}"), one["manifest"], seals, values)
        times = [line["sealed_at"] for line in one["seals"]] + [line["revealed_at"] for line in one["values"]]
        if any(time[:19] > one["at"][:19] for time in [*times, one["manifest"]["frozen_at"]]):
            add(f"{where}的结束时间早于它的封存或揭示")
        if one["outcome"] == "void":
            missing = unsealed or unrevealed
            if one["withheld"] != missing or not missing:
                add(f"{where}没有封存或揭示的是 {'、'.join(missing) or '（没有人）'}，记录点名 {'、'.join(one['withheld']) or '（没有人）'}")
            if unsealed and values:
                add(f"{where}：封存还不齐，却已有人揭示")
            if any(map(is_public, values)):
                add(f"{where}：揭示还不齐，却已登记公共随机值")
        elif one["withheld"]:
            add(f"{where}没有作废，却点名 {'、'.join(one['withheld'])}")
        if one["outcome"] not in ("void", "cancelled", "drawn"):
            add(f"{where}的结局不认识：{one['outcome']}")
        if (one["bundle"] is not None) != (one["outcome"] == "drawn"):
            add(f"{where}{'没有' if one['outcome'] == 'drawn' else '没有抽取，却有'}文件包")
        if (one["reason"] is None) != (one["outcome"] == "drawn"):
            add(f"{where}的原因不对")
    return True


def summary(one):
    return {key: one[key] for key in ("ceremony", "outcome", "reason", "withheld", "at", "commitment")}


# ---- one company ----


def explain(code, standing, entities):
    """Was it in the population, why was it drawn or not, who visits it: as it stands after the record."""
    key = code.encode("utf-8")
    populations = standing.populations
    answer = {
        "code": code,
        "listed": any(key in set(codes) for codes in populations.strata.values()),
        "items": sorted(item for item, codes in populations.items.items() if key in set(codes)),
        "strata": [],
    }
    if not answer["listed"]:
        return answer
    ticket_of = ticket_maker(standing.seed, False)
    own = ticket_of([key])[0]
    answer["ticket"] = own.hex()
    if entities is not None:
        answer["region"] = entities.get(key)
    for (item, stratum), codes in populations.strata.items():
        if key in codes:
            rank = 1 + sum(ticket < own for ticket in ticket_of(codes))
            sample = standing.strata[(item, stratum)]["sample"]
            answer["strata"].append(
                {"item": item, "stratum": stratum, "size": len(codes), "sample": sample, "rank": rank, "drawn": rank <= sample}
            )
    answer["drawn"] = any(line["drawn"] for line in answer["strata"])
    for number, (visited, of) in enumerate(standing.visits, 1):
        if visited == key:
            answer["visit"] = {"number": number, "items": of, "record": standing.touched.get(number, [])}
            if standing.teams is not None:
                teams = {place[1]: team for place, team in sorted(standing.teams.items()) if place[0] == number}
                answer["visit"]["teams"] = teams
    return answer


LEVELS = {"high": "行业高风险", "normal": "行业一般风险", "low": "行业低风险"}


def stratum_note(stratum):
    """What sets it apart from its class, where it is a part of one: B-610921-high."""
    match = re.fullmatch(r"[A-D](?:-([0-9]{6}))?(?:-(high|normal|low))?", stratum)
    region, level = match.groups() if match else (None, None)
    words = ([f"地区 {region}"] if region else []) + ([LEVELS[level]] if level else [])
    return f"（{'、'.join(words)}）" if words else ""


def explanation(answer):
    if not answer["listed"]:
        return f"{answer['code']} 不在本次抽取的名录里，因此不可能被抽中。\n  Not in the population of this draw."
    lines = [f"{answer['code']} 在名录里，涉及事项 {'、'.join(answer['items'])}；号码 {answer['ticket']}。"]
    for line in answer["strata"]:
        item = "" if line["item"] == "*" else f"事项 {line['item']} "
        lines.append(
            f"  {item}{line['stratum']} 层{stratum_note(line['stratum'])} {line['size']} 户，按号码从小到大取前 {line['sample']} 户；它排第 {line['rank']}，"
            + ("抽中 drawn。" if line["drawn"] else "没有抽中 not drawn。")
        )
    if "visit" in answer:
        lines.append(f"  第 {answer['visit']['number']} 次上门 visit，事项 {'、'.join(answer['visit']['items'])}")
        for department, team in answer["visit"].get("teams", {}).items():
            lines.append(f"    {department}：{'、'.join(team) or '空缺'}")
        if answer["visit"]["record"]:
            lines.append(f"    公开记录第 {'、'.join(map(str, answer['visit']['record']))} 行改过 changed by the record")
    return "\n".join(lines)


# ---- the command ----


def print_report(name, result):
    print(f"{name}  SHA-256 {result['bundle']}")
    if "campaign" in result:
        print(f"任务 campaign {result['campaign']}  方式 mode {result['mode']}\n承诺值 commitment {result['commitment']}")
    if result["frozen"]:
        print("这是一次仪式冻结的名录，没有抽取结果。 The frozen lists of a ceremony: nothing was drawn from them here.")
    for check in result["checks"]:
        if check["ok"] is None and (result["frozen"] or check["id"] in OPTIONAL and check["id"] != "published"):
            continue
        mark = {True: "✓", False: "✗", None: "–"}[check["ok"]]
        note = ""
        if check["ok"] is None:
            note = "（没有给出公布的值 not asked）" if check["id"] == "published" else "（未能检查 not reached）"
        print(f"{mark} {check['title']}{note} / {check['titleEn']}")
        for problem in check["problems"]:
            print(f"    {problem}")
    if "record" in result:
        lines, last = result["record"]["lines"], result["record"]["last"]
        print(f"公开记录 record：{lines} 行 lines" + (f"，最后一行 SHA-256 of the last {last}" if last else ""))
    for one in result.get("ceremonies", []):
        who = f"，没有封存或揭示 withheld：{'、'.join(one['withheld'])}" if one["withheld"] else ""
        print(f"第 {one['ceremony']} 次仪式 ceremony：{one['outcome']}，{one['at']}{who}，承诺值 {one['commitment']}")
    if "company" in result:
        print(explanation(result["company"]))
    print("结论：全部相符。 Everything holds." if result["ok"] else "结论：有不符之处，见 ✗。 Something does not hold.")


def main():
    parser = argparse.ArgumentParser(description="核对抽取文件包 / checks the public bundle of a draw")
    parser.add_argument("bundles", nargs="+", metavar="BUNDLE.zip")
    parser.add_argument("--record", metavar="FILE", help="公开记录 record.jsonl：替换人员、补充抽取 / the record of changes after the draw")
    parser.add_argument("--ceremonies", metavar="FILE", help="历次仪式 ceremonies.jsonl，含作废的 / all ceremonies that have ended, void ones too")
    parser.add_argument("--company", metavar="CODE", help="这户企业在不在名录里，为什么抽中或没抽中 / was it in, why drawn or not")
    parser.add_argument("--commitment", metavar="HEX", help="事先公布的承诺值 / the commitment as it was published")
    parser.add_argument("--sha256", metavar="HEX", help="公布的文件包 SHA-256 / the bundle's SHA-256 as it was published")
    parser.add_argument("--seal", action="append", default=[], metavar="WHO=HEX", help="某部门公布的封存值 / a department's seal as it was published")
    parser.add_argument("--value", action="append", default=[], metavar="WHO=VALUE", help="当众见证的随机值 / a value as it was witnessed")
    parser.add_argument("--json", action="store_true", help="机器可读，每个包一行 / for scripts, one line per bundle")
    options = parser.parse_args()
    for name in ("commitment", "sha256"):
        value = getattr(options, name)
        if value is not None and not re.fullmatch("[0-9a-fA-F]{64}", value.strip()):
            parser.error(f"--{name}: 应为 64 位十六进制 / must be 64 hexadecimal digits")
    lower = lambda value: None if value is None else value.strip().lower()
    if any("=" not in pair for pair in options.seal + options.value):
        parser.error("--seal, --value: 应为 提供方=值 / must be WHO=WHAT")
    pairs = lambda texts: [tuple(text.split("=", 1)) for text in texts]
    published = Published(lower(options.commitment), lower(options.sha256), pairs(options.seal), pairs(options.value))

    def read(name):
        if name is None:
            return None
        try:
            with open(name, "rb") as file:
                return file.read()
        except OSError as error:
            parser.error(str(error))

    # Looking for cycles among millions of lines costs much and finds nothing.
    gc.disable()
    beside = Beside(read(options.record), read(options.ceremonies))
    ok = True
    for name in options.bundles:
        result = verify(read(name), published, options.company, beside)
        ok = ok and result["ok"]
        if options.json:
            print(json.dumps({"file": name, **result}, ensure_ascii=False))
        else:
            print_report(name, result)
    return 0 if ok else 1


if __name__ == "__main__":
    sys.exit(main())
