"""The constructs whose cost is measured at growing sizes: each writes an input of any size."""

from typing import Callable, NamedTuple

CONSTRUCTS = {}


class Construct(NamedTuple):
    """How to make an input of `n` parts: one text, or the texts of a folder's files by their paths."""

    make: Callable[[int], str | dict[str, str]]
    arguments: tuple[str, ...] = ()
    command: str = "check"

    def words(self, folder):
        """What sqllint is given for an input in this folder; `{}` in an argument is the folder."""
        arguments = [argument.replace("{}", str(folder)) for argument in self.arguments]
        formats = () if self.command != "check" or "--format" in arguments else ("--format", "compact")
        return [self.command, *formats, *arguments, folder]

    def files(self, n):
        made = self.make(n)
        return made if isinstance(made, dict) else {"1.sql": made}

    def parts_for(self, size):
        """How many parts make an input of about so many bytes."""
        n = 64
        for _ in range(6):
            bytes_now = size_of(self.files(n))
            if abs(bytes_now - size) < size / 50:
                break
            n = max(1, round(n * size / bytes_now))
        return n


def size_of(files):
    """The bytes of files and of their paths, which are read as well."""
    return sum(len(path.encode()) + len(text.encode()) for path, text in files.items())


def construct(*arguments, name=None, command="check"):
    """Adds a function to the table under its own name; `command` and `arguments` are sqllint's."""

    def add(make):
        key = (name or make.__name__).replace("_", "-")
        if key in CONSTRUCTS:
            raise ValueError(f"there are two constructs {key}")
        CONSTRUCTS[key] = Construct(make, arguments, command)
        return make

    return add


def lines(n, line):
    """`n` lines, each made from its number."""
    return "".join(f"{line(number)}\n" for number in range(n))


def quoted(text):
    return f"'{text}'"


def joined(separator, n, part):
    return separator.join(part(number) for number in range(n))


def write(construct, size, folder):
    """Writes an input of about so many bytes, and returns how many they are."""
    files = construct.files(construct.parts_for(size))
    for path, text in files.items():
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(text.encode())
    return size_of(files)
