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

  /// Those that PostgreSQL makes of itself anywhere.
  package static let implicit: Set<Substring> = Set(
    """
    bit>bit bit>varbit bpchar>bpchar bpchar>name bpchar>text bpchar>varchar char>text cidr>inet date>timestamp \
    date>timestamptz float4>float8 int2>float4 int2>float8 int2>int4 int2>int8 int2>numeric int2>oid int2>regclass \
    int2>regcollation int2>regconfig int2>regdictionary int2>regnamespace int2>regoper int2>regoperator int2>regproc \
    int2>regprocedure int2>regrole int2>regtype int4>float4 int4>float8 int4>int8 int4>numeric int4>oid \
    int4>regclass int4>regcollation int4>regconfig int4>regdictionary int4>regnamespace int4>regoper \
    int4>regoperator int4>regproc int4>regprocedure int4>regrole int4>regtype int8>float4 int8>float8 int8>numeric \
    int8>oid int8>regclass int8>regcollation int8>regconfig int8>regdictionary int8>regnamespace int8>regoper \
    int8>regoperator int8>regproc int8>regprocedure int8>regrole int8>regtype interval>interval macaddr8>macaddr \
    macaddr>macaddr8 name>text numeric>float4 numeric>float8 numeric>numeric oid>regclass oid>regcollation \
    oid>regconfig oid>regdictionary oid>regnamespace oid>regoper oid>regoperator oid>regproc oid>regprocedure \
    oid>regrole oid>regtype pg_dependencies>bytea pg_dependencies>text pg_mcv_list>bytea pg_mcv_list>text \
    pg_ndistinct>bytea pg_ndistinct>text pg_node_tree>text regclass>oid regcollation>oid regconfig>oid \
    regdictionary>oid regnamespace>oid regoper>oid regoper>regoperator regoperator>oid regoperator>regoper \
    regproc>oid regproc>regprocedure regprocedure>oid regprocedure>regproc regrole>oid regtype>oid text>bpchar \
    text>name text>regclass text>varchar time>interval time>time time>timetz timestamp>timestamp \
    timestamp>timestamptz timestamptz>timestamptz timetz>timetz varbit>bit varbit>varbit varchar>bpchar varchar>name \
    varchar>regclass varchar>text varchar>varchar
    """
    .split(separator: " ")
  )

  /// Those that it makes only where a value is stored.
  package static let assignment: Set<Substring> = Set(
    """
    bool>bpchar bool>text bool>varchar box>polygon bpchar>char char>bpchar char>varchar cidr>bpchar cidr>text \
    cidr>varchar float4>int2 float4>int4 float4>int8 float4>numeric float8>float4 float8>int2 float8>int4 \
    float8>int8 float8>numeric inet>bpchar inet>cidr inet>text inet>varchar int4>int2 int4>money int8>int2 int8>int4 \
    int8>money interval>time json>jsonb jsonb>json money>numeric name>bpchar name>varchar numeric>int2 numeric>int4 \
    numeric>int8 numeric>money oid>int4 oid>int8 path>polygon point>box polygon>path regclass>int4 regclass>int8 \
    regcollation>int4 regcollation>int8 regconfig>int4 regconfig>int8 regdictionary>int4 regdictionary>int8 \
    regnamespace>int4 regnamespace>int8 regoper>int4 regoper>int8 regoperator>int4 regoperator>int8 regproc>int4 \
    regproc>int8 regprocedure>int4 regprocedure>int8 regrole>int4 regrole>int8 regtype>int4 regtype>int8 text>char \
    timestamp>date timestamp>time timestamptz>date timestamptz>time timestamptz>timestamp timestamptz>timetz \
    timetz>time varchar>char xml>bpchar xml>text xml>varchar
    """
    .split(separator: " ")
  )

  /// Those that it makes only where CAST or `::` asks for them.
  package static let explicit: Set<Substring> = Set(
    """
    bit>int4 bit>int8 bool>int4 box>circle box>lseg box>point bpchar>xml bytea>int2 bytea>int4 bytea>int8 char>int4 \
    circle>box circle>point circle>polygon daterange>datemultirange int2>bytea int4>bit int4>bool int4>bytea \
    int4>char int4range>int4multirange int8>bit int8>bytea int8range>int8multirange jsonb>bool jsonb>float4 \
    jsonb>float8 jsonb>int2 jsonb>int4 jsonb>int8 jsonb>numeric lseg>point numrange>nummultirange polygon>box \
    polygon>circle polygon>point text>xml tsrange>tsmultirange tstzrange>tstzmultirange varchar>xml xid8>xid
    """
    .split(separator: " ")
  )
}
