from . import code, directives, dropping, expressions, folders, naming, relations, reports, tables, text, transactions
from .registry import CONSTRUCTS, write

__all__ = ["CONSTRUCTS", "write"]
