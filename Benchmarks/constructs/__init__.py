from . import code, directives, dropping, expressions, folders, naming, relations, tables, text, transactions
from .registry import CONSTRUCTS, size_of

__all__ = ["CONSTRUCTS", "size_of"]
