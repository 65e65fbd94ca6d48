// Written by Scripts/make-catalogs from pg_cast of PostgreSQL 15, 16, 17 and 18. Do not edit.

/// The casts that PostgreSQL itself has.
package enum BuiltInCasts {
  /// Those that leave a value as it is stored (`castmethod` is `b`), as `from>to`.
  package static let binaryCoercible: Set<Substring> = Set(
    """
    bit>varbit cidr>inet int4>oid int4>regclass int4>regcollation int4>regconfig int4>regdictionary \
    int4>regnamespace int4>regoper int4>regoperator int4>regproc int4>regprocedure int4>regrole int4>regtype \
    oid>int4 oid>regclass oid>regcollation oid>regconfig oid>regdictionary oid>regnamespace oid>regoper \
    oid>regoperator oid>regproc oid>regprocedure oid>regrole oid>regtype pg_dependencies>bytea pg_mcv_list>bytea \
    pg_ndistinct>bytea pg_node_tree>text regclass>int4 regclass>oid regcollation>int4 regcollation>oid \
    regconfig>int4 regconfig>oid regdictionary>int4 regdictionary>oid regnamespace>int4 regnamespace>oid \
    regoper>int4 regoper>oid regoper>regoperator regoperator>int4 regoperator>oid regoperator>regoper regproc>int4 \
    regproc>oid regproc>regprocedure regprocedure>int4 regprocedure>oid regprocedure>regproc regrole>int4 \
    regrole>oid regtype>int4 regtype>oid text>bpchar text>varchar varbit>bit varchar>bpchar varchar>text xml>bpchar \
    xml>text xml>varchar
    """
    .split(separator: " ")
  )
}
