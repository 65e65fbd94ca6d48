// Written by Scripts/make-catalogs from pg_type and pg_opclass of PostgreSQL 15, 16, 17 and 18. Do not edit.

/// The types that PostgreSQL itself has, arrays left out.
package enum BuiltInTypes {
  package static let all = names(
    """
    aclitem any anyarray anycompatible anycompatiblearray anycompatiblemultirange anycompatiblenonarray \
    anycompatiblerange anyelement anyenum anymultirange anynonarray anyrange bit bool box bpchar bytea char cid cidr \
    circle cstring date datemultirange daterange event_trigger fdw_handler float4 float8 gtsvector index_am_handler \
    inet int2 int2vector int4 int4multirange int4range int8 int8multirange int8range internal interval json jsonb \
    jsonpath language_handler line lseg macaddr macaddr8 money name numeric nummultirange numrange oid oidvector \
    path pg_brin_bloom_summary pg_brin_minmax_multi_summary pg_ddl_command pg_dependencies pg_lsn pg_mcv_list \
    pg_ndistinct pg_node_tree pg_snapshot point polygon record refcursor regclass regcollation regconfig \
    regdictionary regnamespace regoper regoperator regproc regprocedure regrole regtype table_am_handler text tid \
    time timestamp timestamptz timetz trigger tsm_handler tsmultirange tsquery tsrange tstzmultirange tstzrange \
    tsvector txid_snapshot unknown uuid varbit varchar void xid xid8 xml
    """
  )

  /// Those of which no column can be.
  package static let pseudo = names(
    """
    any anyarray anycompatible anycompatiblearray anycompatiblemultirange anycompatiblenonarray anycompatiblerange \
    anyelement anyenum anymultirange anynonarray anyrange cstring event_trigger fdw_handler index_am_handler \
    internal language_handler pg_ddl_command record table_am_handler trigger tsm_handler unknown void
    """
  )

  /// Those of texts, which have a collation.
  package static let collatable = names(
    """
    bpchar name pg_brin_bloom_summary pg_brin_minmax_multi_summary pg_dependencies pg_mcv_list pg_ndistinct \
    pg_node_tree text varchar
    """
  )

  /// Those that are never stored outside of their row, nor compressed.
  package static let plain = names(
    """
    aclitem any anycompatible anycompatiblenonarray anyelement anyenum anynonarray bool box char cid circle cstring \
    date event_trigger fdw_handler float4 float8 gtsvector index_am_handler int2 int2vector int4 int8 internal \
    interval language_handler line lseg macaddr macaddr8 money name oid oidvector pg_ddl_command pg_lsn point \
    regclass regcollation regconfig regdictionary regnamespace regoper regoperator regproc regprocedure regrole \
    regtype table_am_handler tid time timestamp timestamptz timetz trigger tsm_handler tsquery unknown uuid void xid \
    xid8
    """
  )

  /// Those that indexes of the method btree take without an operator class.
  package static let btree = names(
    """
    anyarray anyenum anymultirange anyrange bit bool bpchar bytea char date float4 float8 inet int2 int4 int8 \
    interval jsonb macaddr macaddr8 money name numeric oid oidvector pg_lsn record text tid time timestamp \
    timestamptz timetz tsquery tsvector uuid varbit xid8
    """
  )

  /// Those that indexes of the method hash take without an operator class.
  package static let hash = names(
    """
    aclitem anyarray anyenum anymultirange anyrange bool bpchar bytea char cid date float4 float8 inet int2 int4 \
    int8 interval jsonb macaddr macaddr8 name numeric oid oidvector pg_lsn record text tid time timestamp \
    timestamptz timetz uuid xid xid8
    """
  )

  /// Those that indexes of the method gist take without an operator class.
  package static let gist = names(
    """
    anymultirange anyrange box circle point polygon tsquery tsvector
    """
  )

  /// Those that indexes of the method gin take without an operator class.
  package static let gin = names(
    """
    anyarray jsonb tsvector
    """
  )

  /// Those that indexes of the method spgist take without an operator class.
  package static let spgist = names(
    """
    anyrange box inet point polygon text
    """
  )

  /// Those that indexes of the method brin take without an operator class.
  package static let brin = names(
    """
    anyrange bit box bpchar bytea char date float4 float8 inet int2 int4 int8 interval macaddr macaddr8 name numeric \
    oid pg_lsn text tid time timestamp timestamptz timetz uuid varbit
    """
  )

  /// The operator classes, behind the methods of the indexes that they are for.
  package static let operatorClasses = names(
    """
    brin.bit_minmax_ops brin.box_inclusion_ops brin.bpchar_bloom_ops brin.bpchar_minmax_ops brin.bytea_bloom_ops \
    brin.bytea_minmax_ops brin.char_bloom_ops brin.char_minmax_ops brin.date_bloom_ops brin.date_minmax_multi_ops \
    brin.date_minmax_ops brin.float4_bloom_ops brin.float4_minmax_multi_ops brin.float4_minmax_ops \
    brin.float8_bloom_ops brin.float8_minmax_multi_ops brin.float8_minmax_ops brin.inet_bloom_ops \
    brin.inet_inclusion_ops brin.inet_minmax_multi_ops brin.inet_minmax_ops brin.int2_bloom_ops \
    brin.int2_minmax_multi_ops brin.int2_minmax_ops brin.int4_bloom_ops brin.int4_minmax_multi_ops \
    brin.int4_minmax_ops brin.int8_bloom_ops brin.int8_minmax_multi_ops brin.int8_minmax_ops brin.interval_bloom_ops \
    brin.interval_minmax_multi_ops brin.interval_minmax_ops brin.macaddr8_bloom_ops brin.macaddr8_minmax_multi_ops \
    brin.macaddr8_minmax_ops brin.macaddr_bloom_ops brin.macaddr_minmax_multi_ops brin.macaddr_minmax_ops \
    brin.name_bloom_ops brin.name_minmax_ops brin.numeric_bloom_ops brin.numeric_minmax_multi_ops \
    brin.numeric_minmax_ops brin.oid_bloom_ops brin.oid_minmax_multi_ops brin.oid_minmax_ops brin.pg_lsn_bloom_ops \
    brin.pg_lsn_minmax_multi_ops brin.pg_lsn_minmax_ops brin.range_inclusion_ops brin.text_bloom_ops \
    brin.text_minmax_ops brin.tid_bloom_ops brin.tid_minmax_multi_ops brin.tid_minmax_ops brin.time_bloom_ops \
    brin.time_minmax_multi_ops brin.time_minmax_ops brin.timestamp_bloom_ops brin.timestamp_minmax_multi_ops \
    brin.timestamp_minmax_ops brin.timestamptz_bloom_ops brin.timestamptz_minmax_multi_ops \
    brin.timestamptz_minmax_ops brin.timetz_bloom_ops brin.timetz_minmax_multi_ops brin.timetz_minmax_ops \
    brin.uuid_bloom_ops brin.uuid_minmax_multi_ops brin.uuid_minmax_ops brin.varbit_minmax_ops btree.array_ops \
    btree.bit_ops btree.bool_ops btree.bpchar_ops btree.bpchar_pattern_ops btree.bytea_ops btree.char_ops \
    btree.cidr_ops btree.date_ops btree.enum_ops btree.float4_ops btree.float8_ops btree.inet_ops btree.int2_ops \
    btree.int4_ops btree.int8_ops btree.interval_ops btree.jsonb_ops btree.macaddr8_ops btree.macaddr_ops \
    btree.money_ops btree.multirange_ops btree.name_ops btree.numeric_ops btree.oid_ops btree.oidvector_ops \
    btree.pg_lsn_ops btree.range_ops btree.record_image_ops btree.record_ops btree.text_ops btree.text_pattern_ops \
    btree.tid_ops btree.time_ops btree.timestamp_ops btree.timestamptz_ops btree.timetz_ops btree.tsquery_ops \
    btree.tsvector_ops btree.uuid_ops btree.varbit_ops btree.varchar_ops btree.varchar_pattern_ops btree.xid8_ops \
    gin.array_ops gin.jsonb_ops gin.jsonb_path_ops gin.tsvector_ops gist.box_ops gist.circle_ops gist.inet_ops \
    gist.multirange_ops gist.point_ops gist.poly_ops gist.range_ops gist.tsquery_ops gist.tsvector_ops \
    hash.aclitem_ops hash.array_ops hash.bool_ops hash.bpchar_ops hash.bpchar_pattern_ops hash.bytea_ops \
    hash.char_ops hash.cid_ops hash.cidr_ops hash.date_ops hash.enum_ops hash.float4_ops hash.float8_ops \
    hash.inet_ops hash.int2_ops hash.int4_ops hash.int8_ops hash.interval_ops hash.jsonb_ops hash.macaddr8_ops \
    hash.macaddr_ops hash.multirange_ops hash.name_ops hash.numeric_ops hash.oid_ops hash.oidvector_ops \
    hash.pg_lsn_ops hash.range_ops hash.record_ops hash.text_ops hash.text_pattern_ops hash.tid_ops hash.time_ops \
    hash.timestamp_ops hash.timestamptz_ops hash.timetz_ops hash.uuid_ops hash.varchar_ops hash.varchar_pattern_ops \
    hash.xid8_ops hash.xid_ops spgist.box_ops spgist.inet_ops spgist.kd_point_ops spgist.poly_ops \
    spgist.quad_point_ops spgist.range_ops spgist.text_ops
    """
  )

  private static func names(_ list: String) -> Set<Substring> { Set(list.split(separator: " ")) }
}
