"""Ways of putting a string together, and of taking one out of a longer one."""

from __future__ import annotations

from laws.writer import Construct, Writer


def add(w: Writer, value: str) -> str:
    left, right = w.halves(value)
    return f"({w.expression(left)} + {w.expression(right)})"


def fstring(w: Writer, value: str) -> str:
    left, right = w.halves(value)
    name = w.name(right)
    form = w.choose(["", "!s", ":s", "!s:s", f":<{len(right)}", ":>0"])
    return f'f"{left}{{{name}{form}}}"'


def fstring_of_two(w: Writer, value: str) -> str:
    left, right = w.halves(value)
    one, other = w.name(left), w.name(right)
    return f'f"{{{one}}}{{{other}}}"'


def cut_in_the_word(w: Writer, value: str) -> str:
    if "vapid" not in value:
        return w.expression(value)
    at = value.index("vapid") + w.number(1, 4)
    return f"({value[:at]!r} + {value[at:]!r})"


def cut_short(w: Writer, value: str) -> str:
    """Cut by length behind the namespace, which the rewrite makes longer."""
    left, mark, right = value.rpartition("/")
    if "vapid" in right:
        return w.expression(value)
    found, size = w.expression(right + "-gone"), len(right)
    name = w.fresh()
    w.emit(f"{name} = {found}")
    shown = w.choose(
        [
            f'f"{{{name}:.{size}}}"',
            f'("%.{size}s" % {name})',
            f'"{{:.{size}}}".format({name})',
            f"{name}[:{size}]",
        ]
    )
    return f"({w.expression(left + mark)} + {shown})"


def fstring_of_numbers(w: Writer, value: str) -> str:
    if "17" not in value:
        return w.expression(value)
    number, name = w.choose([(17, ""), (17, ":d"), (17, ":02d"), (17, "!r"), (17.2, ":.0f")])
    count = w.fresh("n")
    w.emit(f"{count} = {number}")
    left, _, right = value.partition("17")
    return f'f"{left}{{{count}{name}}}{right}"'


def percent(w: Writer, value: str) -> str:
    left, right = w.halves(value)
    form = w.choose(["%s", "%-0s", f"%{len(right)}s"])
    return f'("%s{form}" % ({w.expression(left)}, {w.expression(right)}))'


def percent_named(w: Writer, value: str) -> str:
    left, right = w.halves(value)
    return f'("%(a)s%(b)s" % {{"b": {w.expression(right)}, "a": {w.expression(left)}}})'


def percent_alone(w: Writer, value: str) -> str:
    left, right = w.halves(value)
    return f'("{left}%s" % {w.expression(right)})'


def formatted(w: Writer, value: str) -> str:
    left, right = w.halves(value)
    one, other = w.expression(left), w.expression(right)
    return w.choose(
        [
            f'"{{}}{{}}".format({one}, {other})',
            f'"{{1}}{{0}}".format({other}, {one})',
            f'"{{a}}{{b}}".format(b={other}, a={one})',
            f'"{{a}}{{b}}".format(**{{"b": {other}, "a": {one}}})',
            f'"{{a}}{{b}}".format_map({{"b": {other}, "a": {one}}})',
            f'"{{a}}{{b!s:s}}".format(a={one}, b={other})',
        ]
    )


def joined(w: Writer, value: str) -> str:
    left, right = w.halves(value)
    one, other = w.expression(left), w.expression(right)
    return w.choose(
        [
            f'"".join([{one}, {other}])',
            f'"".join(({one}, {other}))',
            f'"".join(part for part in [{one}, {other}])',
            f'"".join(map(str, [{one}, {other}]))',
            f'"".join([""] + [{one}, {other}])',
        ]
    )


def joined_by_slash(w: Writer, value: str) -> str:
    left, mark, right = value.rpartition("/")
    if not mark:
        return w.expression(value)
    return f'"/".join([{w.expression(left)}, {w.expression(right)}])'


def stripped(w: Writer, value: str) -> str:
    return w.one_of(
        lambda: f"('  ' + {w.expression(value)} + ' ').strip()",
        lambda: f'{w.expression(value + "##")}.rstrip("#")',
        lambda: f'{w.expression("##" + value)}.lstrip("#")',
        lambda: f'{w.expression(f"-#{value}#-")}.strip("#-")',
        lambda: f'{w.expression("ab" + value)}.removeprefix("ab")',
        lambda: f'{w.expression(value + "ab")}.removesuffix("ab")',
        lambda: f'{w.expression(value)}.removesuffix("ab").removeprefix("ab")',
    )


def replaced(w: Writer, value: str) -> str:
    left, right = w.halves(value)
    if not right or "@" in value:
        return w.expression(value)
    new = w.expression(right)
    return w.one_of(
        lambda: f'{w.expression(left + "@")}.replace("@", {new})',
        lambda: f'{w.expression(left + "@")}.replace("@", {new}, 1)',
        lambda: f'{w.expression(left + "@" + "@")}.replace("@", {new}, 1).replace("@", "")',
        lambda: f'{w.expression(left + "{x}")}.replace("{{x}}", {new})'.replace("{{x}}", "{x}"),
    )


def split(w: Writer, value: str) -> str:
    if "|" in value:
        return w.expression(value)
    first = w.choose([True, False])
    whole = w.expression(f"{value}|no" if first else f"no|{value}")
    n = 0 if first else 1
    return w.choose(
        [
            f'{whole}.split("|")[{n}]',
            f'{whole}.rsplit("|")[{n}]',
            f'{whole}.split("|", 1)[{n}]',
            f'{whole}.split("|", maxsplit=1)[{n}]',
            f'{whole}.rsplit("|", 1)[{n - 2}]',
            f'{whole}.partition("|")[{n * 2}]',
            f'{whole}.rpartition("|")[{n * 2}]',
        ]
    )


def sliced(w: Writer, value: str) -> str:
    n = w.number(1, 3)
    return w.one_of(
        lambda: f"{w.expression('#' * n + value)}[{n}:]",
        lambda: f"{w.expression(value + '#' * n)}[:-{n}]",
        lambda: f"{w.expression('#' * n + value + '##')}[{n}:-2]",
        lambda: f"{w.expression(value)}[:]",
    )


def sliced_at_index(w: Writer, value: str) -> str:
    mark = f"#{w.fresh('m')}"
    name = w.name(f"{value}{mark}")
    return f'{name}[:{name}.{w.choose(["index", "find"])}("{mark}")]'


def cased(w: Writer, value: str) -> str:
    left, mark, right = value.rpartition("/")
    if "vapid" in right:
        return w.expression(value)
    found = w.one_of(
        lambda: f"{w.expression(right)}.lower()",
        lambda: f"{w.expression(right.upper())}.lower()",
        lambda: f"{w.expression(right.title())}.casefold()",
    )
    return f"({w.expression(left + mark)} + {found})"


def linked(w: Writer, value: str) -> str:
    """Join as a link on a page is resolved, where there is a host."""
    at = value.rfind("/")
    if not value.startswith("https://") or at < len("https://x/") or value.endswith("/"):
        return w.expression(value)
    w.emit("from urllib.parse import urljoin")
    left, right = value[: at + 1], value[at + 1 :]
    host = value.index("/", len("https://"))
    return w.one_of(
        lambda: f"urljoin({w.expression(left)}, {w.expression(right)})",
        lambda: f"urljoin({w.expression(left + 'gone')}, {w.expression(right)})",
        lambda: f"urljoin({w.expression(value[:host])}, {w.expression(value[host:])})",
        lambda: f"urljoin({w.expression(value[:host] + '/v2')}, {w.expression(value[host:])})",
        lambda: f"urljoin({w.expression(left + 'gone/')}, {w.expression('../' + right)})",
        lambda: f"urljoin({w.expression(left)}, {w.expression('./' + right)})",
        lambda: f"urljoin('http://other.example', {w.expression(value)})",
        lambda: f"urljoin({w.expression(value)}, '')",
    )


def path_joined(w: Writer, value: str) -> str:
    left, mark, right = value.rpartition("/")
    if not left or not mark or not right or left.endswith("/"):
        return w.expression(value)
    w.emit("import posixpath")
    return w.one_of(
        lambda: f"posixpath.join({w.expression(left)}, {w.expression(right)})",
        lambda: f"posixpath.join({w.expression(left + '/')}, {w.expression(right)})",
        lambda: f"posixpath.join({w.expression(left)}, '', {w.expression(right)})",
    )


def printed(w: Writer, value: str) -> str:
    return f"str({w.expression(value)})"


def formatted_alone(w: Writer, value: str) -> str:
    return f"format({w.expression(value)})"


def either(w: Writer, value: str) -> str:
    found = w.expression(value)
    if not value:
        return found
    other = w.decoy(value)
    return w.choose(
        [
            f"({found} or {other})",
            f'("" or {found})',
            f"(None or {found})",
            f"({found} and {found})",
            f"({other} and {found})",
            f"(0 or '' or {found} or {other})",
        ]
    )


def nothing_and(w: Writer, value: str) -> str:
    left, right = w.halves(value)
    empty = w.choose(['""', "str()"])
    return f"({w.expression(left)} + {empty} + {w.expression(right)})"


def nothing_wins(w: Writer, value: str) -> str:
    return f'({w.expression(value)} + ("" and {w.decoy(value)}))'


def characters(w: Writer, value: str) -> str:
    left, mark, right = value.partition("/")
    code = repr(mark) if mark else "''"
    return f"({w.expression(left)} + {code} + {w.expression(right)})"


STRINGS: tuple[Construct, ...] = (
    add,
    fstring,
    fstring_of_two,
    cut_in_the_word,
    cut_short,
    fstring_of_numbers,
    percent,
    percent_named,
    percent_alone,
    formatted,
    joined,
    joined_by_slash,
    stripped,
    replaced,
    split,
    sliced,
    sliced_at_index,
    cased,
    linked,
    path_joined,
    printed,
    formatted_alone,
    either,
    nothing_and,
    nothing_wins,
    characters,
)
