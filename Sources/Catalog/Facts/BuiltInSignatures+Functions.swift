// Written by Scripts/make-catalogs from pg_proc of PostgreSQL 15, 16, 17 and 18. Do not edit.

extension BuiltInSignatures {
  /// Those of functions that people call, by name; those that PostgreSQL calls itself are left out.
  static let functions =
    """
    abbrev:cidr>text|inet>text abs:float4>float4|float8>float8|int2>int2|int4>int4|int8>int8 abs:numeric>numeric \
    acldefault:char,oid>aclitem[] aclexplode:aclitem[]>~record acos:float8>float8 acosd:float8>float8 \
    acosh:float8>float8 age:timestamp,timestamp>interval|timestamp>interval \
    age:timestamptz,timestamptz>interval|timestamptz>interval age:xid>int4 amvalidate:oid>bool \
    any_value:anyelement>anyelement anyarray_send:anyarray>bytea anycompatiblearray_send:anycompatiblearray>bytea \
    area:box>float8|circle>float8|path>float8 array_agg:anyarray>anyarray|anynonarray>anyarray \
    array_dims:anyarray>text array_fill:anyelement,int4[],int4[]>anyarray array_fill:anyelement,int4[]>anyarray \
    array_length:anyarray,int4>int4 array_lower:anyarray,int4>int4 array_ndims:anyarray>int4 \
    array_position:anycompatiblearray,anycompatible,int4>int4 array_position:anycompatiblearray,anycompatible>int4 \
    array_positions:anycompatiblearray,anycompatible>int4[] \
    array_remove:anycompatiblearray,anycompatible>anycompatiblearray \
    array_replace:anycompatiblearray,anycompatible,anycompatible>anycompatiblearray array_reverse:anyarray>anyarray \
    array_sample:anyarray,int4>anyarray array_send:anyarray>bytea array_shuffle:anyarray>anyarray \
    array_sort:anyarray,bool,bool>anyarray|anyarray,bool>anyarray array_sort:anyarray>anyarray \
    array_to_json:anyarray,bool>json|anyarray>json array_to_string:anyarray,text,text>text|anyarray,text>text \
    array_to_tsvector:text[]>tsvector array_upper:anyarray,int4>int4 ascii:text>int4 asin:float8>float8 \
    asind:float8>float8 asinh:float8>float8 atan2:float8,float8>float8 atan2d:float8,float8>float8 \
    atan:float8>float8 atand:float8>float8 atanh:float8>float8 \
    avg:float4>float8|float8>float8|int2>numeric|int4>numeric avg:int8>numeric|interval>interval|numeric>numeric \
    bit:bit,int4,bool>bit|int4,int4>bit|int8,int4>bit bit_and:bit>bit|int2>int2|int4>int4|int8>int8 \
    bit_count:bit>int8|bytea>int8 bit_length:bit>int4|bytea>int4|text>int4 \
    bit_or:bit>bit|int2>int2|int4>int4|int8>int8 bit_send:bit>bytea bit_xor:bit>bit|int2>int2|int4>int4|int8>int8 \
    bitcmp:bit,bit>int4 bittypmodin:cstring[]>int4 bool:int4>bool|jsonb>bool bool_and:bool>bool bool_or:bool>bool \
    boolsend:bool>bytea bound_box:box,box>box box:circle>box|point,point>box|point>box|polygon>box \
    box_send:box>bytea bpchar:bpchar,int4,bool>bpchar|char>bpchar|name>bpchar bpcharcmp:bpchar,bpchar>int4 \
    bpcharsend:bpchar>bytea bpchartypmodin:cstring[]>int4 brin_bloom_summary_send:pg_brin_bloom_summary>bytea \
    brin_desummarize_range:regclass,int8>void brin_minmax_multi_summary_send:pg_brin_minmax_multi_summary>bytea \
    brin_summarize_new_values:regclass>int4 brin_summarize_range:regclass,int8>int4 broadcast:inet>inet \
    btarraycmp:anyarray,anyarray>int4 btboolcmp:bool,bool>int4 btbpchar_pattern_cmp:bpchar,bpchar>int4 \
    btcharcmp:char,char>int4 btequalimage:oid>bool btfloat48cmp:float4,float8>int4 btfloat4cmp:float4,float4>int4 \
    btfloat84cmp:float8,float4>int4 btfloat8cmp:float8,float8>int4 btint24cmp:int2,int4>int4 \
    btint28cmp:int2,int8>int4 btint2cmp:int2,int2>int4 btint42cmp:int4,int2>int4 btint48cmp:int4,int8>int4 \
    btint4cmp:int4,int4>int4 btint82cmp:int8,int2>int4 btint84cmp:int8,int4>int4 btint8cmp:int8,int8>int4 \
    btnamecmp:name,name>int4 btnametextcmp:name,text>int4 btoidcmp:oid,oid>int4 \
    btoidvectorcmp:oidvector,oidvector>int4 btrecordcmp:record,record>int4 btrecordimagecmp:record,record>int4 \
    btrim:bytea,bytea>bytea|text,text>text|text>text bttext_pattern_cmp:text,text>int4 bttextcmp:text,text>int4 \
    bttextnamecmp:text,name>int4 bttidcmp:tid,tid>int4 btvarstrequalimage:oid>bool \
    bytea:int2>bytea|int4>bytea|int8>bytea byteacmp:bytea,bytea>int4 byteasend:bytea>bytea cardinality:anyarray>int4 \
    casefold:text>text cash_cmp:money,money>int4 cash_send:money>bytea cash_words:money>text cbrt:float8>float8 \
    ceil:float8>float8|numeric>numeric ceiling:float8>float8|numeric>numeric center:box>point|circle>point \
    char:int4>char|text>char char_length:bpchar>int4|text>int4 character_length:bpchar>int4|text>int4 \
    charsend:char>bytea chr:int4>text cidr:inet>cidr cidr_send:cidr>bytea cidsend:cid>bytea \
    circle:box>circle|point,float8>circle|polygon>circle circle_send:circle>bytea clock_timestamp:>timestamptz \
    col_description:oid,int4>text concat:any*>text concat_ws:text,any*>text convert:bytea,name,name>bytea \
    convert_from:bytea,name>text convert_to:text,name>bytea corr:float8,float8>float8 cos:float8>float8 \
    cosd:float8>float8 cosh:float8>float8 cot:float8>float8 cotd:float8>float8 count:>int8|any>int8 \
    covar_pop:float8,float8>float8 covar_samp:float8,float8>float8 crc32:bytea>int8 crc32c:bytea>int8 \
    current_database:>name current_query:>text current_schema:>name current_schemas:bool>name[] \
    current_setting:text,bool>text|text>text current_user:>name currtid2:text,tid>tid currval:regclass>int8 \
    cursor_to_xml:refcursor,int4,bool,bool,text>xml cursor_to_xmlschema:refcursor,bool,bool,text>xml \
    database_to_xml:bool,bool,text>xml database_to_xml_and_xmlschema:bool,bool,text>xml \
    database_to_xmlschema:bool,bool,text>xml date:timestamp>date|timestamptz>date \
    date_add:timestamptz,interval,text>timestamptz date_add:timestamptz,interval>timestamptz \
    date_bin:interval,timestamp,timestamp>timestamp date_bin:interval,timestamptz,timestamptz>timestamptz \
    date_cmp:date,date>int4 date_cmp_timestamp:date,timestamp>int4 date_cmp_timestamptz:date,timestamptz>int4 \
    date_part:text,date>float8|text,interval>float8 date_part:text,time>float8|text,timestamp>float8 \
    date_part:text,timestamptz>float8|text,timetz>float8 date_send:date>bytea \
    date_subtract:timestamptz,interval,text>timestamptz date_subtract:timestamptz,interval>timestamptz \
    date_trunc:text,interval>interval|text,timestamp>timestamp date_trunc:text,timestamptz,text>timestamptz \
    date_trunc:text,timestamptz>timestamptz datemultirange:>datemultirange|daterange*>datemultirange \
    datemultirange:daterange>datemultirange daterange:date,date,text>daterange|date,date>daterange \
    daterange_canonical:daterange>daterange daterange_subdiff:date,date>float8 decode:text,text>bytea \
    degrees:float8>float8 dexp:float8>float8 diagonal:box>lseg diameter:circle>float8 div:numeric,numeric>numeric \
    dlog10:float8>float8 dlog1:float8>float8 dround:float8>float8 dtrunc:float8>float8 encode:bytea,text>text \
    enum_cmp:anyenum,anyenum>int4 enum_first:anyenum>anyenum enum_last:anyenum>anyenum \
    enum_range:anyenum,anyenum>anyarray|anyenum>anyarray enum_send:anyenum>bytea erf:float8>float8 \
    erfc:float8>float8 every:bool>bool exp:float8>float8|numeric>numeric \
    extract:text,date>numeric|text,interval>numeric extract:text,time>numeric|text,timestamp>numeric \
    extract:text,timestamptz>numeric|text,timetz>numeric factorial:int8>numeric family:inet>int4 \
    first_value:anyelement>anyelement float4:float8>float4|int2>float4|int4>float4|int8>float4 \
    float4:jsonb>float4|numeric>float4 float4send:float4>bytea \
    float8:float4>float8|int2>float8|int4>float8|int8>float8 float8:jsonb>float8|numeric>float8 \
    float8send:float8>bytea floor:float8>float8|numeric>numeric fmgr_c_validator:oid>void \
    fmgr_internal_validator:oid>void fmgr_sql_validator:oid>void format:text,any*>text|text>text \
    format_type:oid,int4>text gamma:float8>float8 gcd:int4,int4>int4|int8,int8>int8|numeric,numeric>numeric \
    gen_random_uuid:>uuid generate_series:int4,int4,int4>~int4|int4,int4>~int4 \
    generate_series:int8,int8,int8>~int8|int8,int8>~int8 generate_series:numeric,numeric,numeric>~numeric \
    generate_series:numeric,numeric>~numeric generate_series:timestamp,timestamp,interval>~timestamp \
    generate_series:timestamptz,timestamptz,interval,text>~timestamptz \
    generate_series:timestamptz,timestamptz,interval>~timestamptz generate_subscripts:anyarray,int4,bool>~int4 \
    generate_subscripts:anyarray,int4>~int4 get_bit:bit,int4>int4|bytea,int8>int4 get_byte:bytea,int4>int4 \
    get_current_ts_config:>regconfig getdatabaseencoding:>name getpgusername:>name \
    gin_clean_pending_list:regclass>int8 gin_cmp_tslexeme:text,text>int4 gin_compare_jsonb:text,text>int4 \
    gist_translate_cmptype_common:int4>int2 has_any_column_privilege:name,oid,text>bool \
    has_any_column_privilege:name,text,text>bool has_any_column_privilege:oid,oid,text>bool|oid,text,text>bool \
    has_any_column_privilege:oid,text>bool|text,text>bool has_column_privilege:name,oid,int2,text>bool \
    has_column_privilege:name,oid,text,text>bool has_column_privilege:name,text,int2,text>bool \
    has_column_privilege:name,text,text,text>bool has_column_privilege:oid,int2,text>bool \
    has_column_privilege:oid,oid,int2,text>bool has_column_privilege:oid,oid,text,text>bool \
    has_column_privilege:oid,text,int2,text>bool has_column_privilege:oid,text,text,text>bool \
    has_column_privilege:oid,text,text>bool|text,int2,text>bool has_column_privilege:text,text,text>bool \
    has_database_privilege:name,oid,text>bool|name,text,text>bool \
    has_database_privilege:oid,oid,text>bool|oid,text,text>bool has_database_privilege:oid,text>bool|text,text>bool \
    has_foreign_data_wrapper_privilege:name,oid,text>bool has_foreign_data_wrapper_privilege:name,text,text>bool \
    has_foreign_data_wrapper_privilege:oid,oid,text>bool has_foreign_data_wrapper_privilege:oid,text,text>bool \
    has_foreign_data_wrapper_privilege:oid,text>bool has_foreign_data_wrapper_privilege:text,text>bool \
    has_function_privilege:name,oid,text>bool|name,text,text>bool \
    has_function_privilege:oid,oid,text>bool|oid,text,text>bool has_function_privilege:oid,text>bool|text,text>bool \
    has_language_privilege:name,oid,text>bool|name,text,text>bool \
    has_language_privilege:oid,oid,text>bool|oid,text,text>bool has_language_privilege:oid,text>bool|text,text>bool \
    has_largeobject_privilege:name,oid,text>bool has_largeobject_privilege:oid,oid,text>bool|oid,text>bool \
    has_parameter_privilege:name,text,text>bool has_parameter_privilege:oid,text,text>bool|text,text>bool \
    has_schema_privilege:name,oid,text>bool|name,text,text>bool \
    has_schema_privilege:oid,oid,text>bool|oid,text,text>bool has_schema_privilege:oid,text>bool|text,text>bool \
    has_sequence_privilege:name,oid,text>bool|name,text,text>bool \
    has_sequence_privilege:oid,oid,text>bool|oid,text,text>bool has_sequence_privilege:oid,text>bool|text,text>bool \
    has_server_privilege:name,oid,text>bool|name,text,text>bool \
    has_server_privilege:oid,oid,text>bool|oid,text,text>bool has_server_privilege:oid,text>bool|text,text>bool \
    has_table_privilege:name,oid,text>bool|name,text,text>bool \
    has_table_privilege:oid,oid,text>bool|oid,text,text>bool has_table_privilege:oid,text>bool|text,text>bool \
    has_tablespace_privilege:name,oid,text>bool has_tablespace_privilege:name,text,text>bool \
    has_tablespace_privilege:oid,oid,text>bool|oid,text,text>bool \
    has_tablespace_privilege:oid,text>bool|text,text>bool has_type_privilege:name,oid,text>bool|name,text,text>bool \
    has_type_privilege:oid,oid,text>bool|oid,text,text>bool has_type_privilege:oid,text>bool|text,text>bool \
    hash_aclitem:aclitem>int4 hash_aclitem_extended:aclitem,int8>int8 hash_array:anyarray>int4 \
    hash_array_extended:anyarray,int8>int8 hash_multirange:anymultirange>int4 \
    hash_multirange_extended:anymultirange,int8>int8 hash_numeric:numeric>int4 \
    hash_numeric_extended:numeric,int8>int8 hash_range:anyrange>int4 hash_range_extended:anyrange,int8>int8 \
    hash_record:record>int4 hash_record_extended:record,int8>int8 hashbool:bool>int4 hashboolextended:bool,int8>int8 \
    hashbpchar:bpchar>int4 hashbpcharextended:bpchar,int8>int8 hashbytea:bytea>int4 \
    hashbyteaextended:bytea,int8>int8 hashchar:char>int4 hashcharextended:char,int8>int8 hashcid:cid>int4 \
    hashcidextended:cid,int8>int8 hashdate:date>int4 hashdateextended:date,int8>int8 hashenum:anyenum>int4 \
    hashenumextended:anyenum,int8>int8 hashfloat4:float4>int4 hashfloat4extended:float4,int8>int8 \
    hashfloat8:float8>int4 hashfloat8extended:float8,int8>int8 hashinet:inet>int4 hashinetextended:inet,int8>int8 \
    hashint2:int2>int4 hashint2extended:int2,int8>int8 hashint4:int4>int4 hashint4extended:int4,int8>int8 \
    hashint8:int8>int4 hashint8extended:int8,int8>int8 hashmacaddr8:macaddr8>int4 \
    hashmacaddr8extended:macaddr8,int8>int8 hashmacaddr:macaddr>int4 hashmacaddrextended:macaddr,int8>int8 \
    hashname:name>int4 hashnameextended:name,int8>int8 hashoid:oid>int4 hashoidextended:oid,int8>int8 \
    hashoidvector:oidvector>int4 hashoidvectorextended:oidvector,int8>int8 hashtext:text>int4 \
    hashtextextended:text,int8>int8 hashtid:tid>int4 hashtidextended:tid,int8>int8 hashxid8:xid8>int4 \
    hashxid8extended:xid8,int8>int8 hashxid:xid>int4 hashxidextended:xid,int8>int8 height:box>float8 host:inet>text \
    hostmask:inet>inet icu_unicode_version:>text in_range:date,date,interval,bool,bool>bool \
    in_range:float4,float4,float8,bool,bool>bool in_range:float8,float8,float8,bool,bool>bool \
    in_range:int2,int2,int2,bool,bool>bool in_range:int2,int2,int4,bool,bool>bool \
    in_range:int2,int2,int8,bool,bool>bool in_range:int4,int4,int2,bool,bool>bool \
    in_range:int4,int4,int4,bool,bool>bool in_range:int4,int4,int8,bool,bool>bool \
    in_range:int8,int8,int8,bool,bool>bool in_range:interval,interval,interval,bool,bool>bool \
    in_range:numeric,numeric,numeric,bool,bool>bool in_range:time,time,interval,bool,bool>bool \
    in_range:timestamp,timestamp,interval,bool,bool>bool in_range:timestamptz,timestamptz,interval,bool,bool>bool \
    in_range:timetz,timetz,interval,bool,bool>bool inet_client_addr:>inet inet_client_port:>int4 \
    inet_merge:inet,inet>cidr inet_same_family:inet,inet>bool inet_send:inet>bytea inet_server_addr:>inet \
    inet_server_port:>int4 initcap:text>text int2:bytea>int2|float4>int2|float8>int2|int4>int2|int8>int2 \
    int2:jsonb>int2|numeric>int2 int2send:int2>bytea int2vectorsend:int2vector>bytea \
    int4:bit>int4|bool>int4|bytea>int4|char>int4|float4>int4 \
    int4:float8>int4|int2>int4|int8>int4|jsonb>int4|numeric>int4 int4inc:int4>int4 \
    int4multirange:>int4multirange|int4range*>int4multirange int4multirange:int4range>int4multirange \
    int4range:int4,int4,text>int4range|int4,int4>int4range int4range_canonical:int4range>int4range \
    int4range_subdiff:int4,int4>float8 int4send:int4>bytea \
    int8:bit>int8|bytea>int8|float4>int8|float8>int8|int2>int8 int8:int4>int8|jsonb>int8|numeric>int8|oid>int8 \
    int8_sum:numeric,int8>numeric int8multirange:>int8multirange|int8range*>int8multirange \
    int8multirange:int8range>int8multirange int8range:int8,int8,text>int8range|int8,int8>int8range \
    int8range_canonical:int8range>int8range int8range_subdiff:int8,int8>float8 int8send:int8>bytea \
    interval:interval,int4>interval|time>interval interval_cmp:interval,interval>int4 interval_hash:interval>int4 \
    interval_hash_extended:interval,int8>int8 interval_send:interval>bytea intervaltypmodin:cstring[]>int4 \
    is_normalized:text,text?>bool isclosed:path>bool isempty:anymultirange>bool|anyrange>bool \
    isfinite:date>bool|interval>bool|timestamp>bool isfinite:timestamptz>bool \
    ishorizontal:line>bool|lseg>bool|point,point>bool isopen:path>bool isparallel:line,line>bool|lseg,lseg>bool \
    isperp:line,line>bool|lseg,lseg>bool isvertical:line>bool|lseg>bool|point,point>bool json_agg:anyelement>json \
    json_agg_strict:anyelement>json json_array_elements:json>~json json_array_elements_text:json>~text \
    json_array_length:json>int4 json_build_array:>json|any*>json json_build_object:>json|any*>json \
    json_each:json>~record json_each_text:json>~record json_object:text[],text[]>json|text[]>json \
    json_object_agg:any,any>json json_object_agg_strict:any,any>json json_object_agg_unique:any,any>json \
    json_object_agg_unique_strict:any,any>json json_object_keys:json>~text \
    json_populate_record:anyelement,json,bool?>anyelement json_populate_recordset:anyelement,json,bool?>~anyelement \
    json_send:json>bytea json_strip_nulls:json,bool?>json|json>json json_to_record:json>record \
    json_to_recordset:json>~record json_to_tsvector:json,jsonb>tsvector \
    json_to_tsvector:regconfig,json,jsonb>tsvector json_typeof:json>text jsonb_agg:anyelement>jsonb \
    jsonb_agg_strict:anyelement>jsonb jsonb_array_elements:jsonb>~jsonb jsonb_array_elements_text:jsonb>~text \
    jsonb_array_length:jsonb>int4 jsonb_build_array:>jsonb|any*>jsonb jsonb_build_object:>jsonb|any*>jsonb \
    jsonb_cmp:jsonb,jsonb>int4 jsonb_each:jsonb>~record jsonb_each_text:jsonb>~record jsonb_hash:jsonb>int4 \
    jsonb_hash_extended:jsonb,int8>int8 jsonb_insert:jsonb,text[],jsonb,bool?>jsonb \
    jsonb_object:text[],text[]>jsonb|text[]>jsonb jsonb_object_agg:any,any>jsonb \
    jsonb_object_agg_strict:any,any>jsonb jsonb_object_agg_unique:any,any>jsonb \
    jsonb_object_agg_unique_strict:any,any>jsonb jsonb_object_keys:jsonb>~text \
    jsonb_path_exists:jsonb,jsonpath,jsonb?,bool?>bool jsonb_path_exists_tz:jsonb,jsonpath,jsonb?,bool?>bool \
    jsonb_path_match:jsonb,jsonpath,jsonb?,bool?>bool jsonb_path_match_tz:jsonb,jsonpath,jsonb?,bool?>bool \
    jsonb_path_query:jsonb,jsonpath,jsonb?,bool?>~jsonb jsonb_path_query_array:jsonb,jsonpath,jsonb?,bool?>jsonb \
    jsonb_path_query_array_tz:jsonb,jsonpath,jsonb?,bool?>jsonb \
    jsonb_path_query_first:jsonb,jsonpath,jsonb?,bool?>jsonb \
    jsonb_path_query_first_tz:jsonb,jsonpath,jsonb?,bool?>jsonb \
    jsonb_path_query_tz:jsonb,jsonpath,jsonb?,bool?>~jsonb jsonb_populate_record:anyelement,jsonb>anyelement \
    jsonb_populate_record_valid:anyelement,jsonb>bool jsonb_populate_recordset:anyelement,jsonb>~anyelement \
    jsonb_pretty:jsonb>text jsonb_send:jsonb>bytea jsonb_set:jsonb,text[],jsonb,bool?>jsonb \
    jsonb_set_lax:jsonb,text[],jsonb,bool?,text?>jsonb jsonb_strip_nulls:jsonb,bool?>jsonb|jsonb>jsonb \
    jsonb_to_record:jsonb>record jsonb_to_recordset:jsonb>~record jsonb_to_tsvector:jsonb,jsonb>tsvector \
    jsonb_to_tsvector:regconfig,jsonb,jsonb>tsvector jsonb_typeof:jsonb>text jsonpath_send:jsonpath>bytea \
    justify_days:interval>interval justify_hours:interval>interval justify_interval:interval>interval \
    lag:anycompatible,int4,anycompatible>anycompatible lag:anyelement,int4>anyelement|anyelement>anyelement \
    last_value:anyelement>anyelement lastval:>int8 lcm:int4,int4>int4|int8,int8>int8|numeric,numeric>numeric \
    lead:anycompatible,int4,anycompatible>anycompatible lead:anyelement,int4>anyelement|anyelement>anyelement \
    left:text,int4>text length:bit>int4|bpchar>int4|bytea,name>int4|bytea>int4 \
    length:lseg>float8|path>float8|text>int4|tsvector>int4 lgamma:float8>float8 \
    like:bytea,bytea>bool|name,text>bool|text,text>bool like_escape:bytea,bytea>bytea|text,text>text \
    line:point,point>line line_send:line>bytea ln:float8>float8|numeric>numeric lo_close:int4>int4 lo_creat:int4>oid \
    lo_create:oid>oid lo_export:oid,text>int4 lo_from_bytea:oid,bytea>oid lo_get:oid,int8,int4>bytea|oid>bytea \
    lo_import:text,oid>oid|text>oid lo_lseek64:int4,int8,int4>int8 lo_lseek:int4,int4,int4>int4 \
    lo_open:oid,int4>int4 lo_put:oid,int8,bytea>void lo_tell64:int4>int8 lo_tell:int4>int4 \
    lo_truncate64:int4,int8>int4 lo_truncate:int4,int4>int4 lo_unlink:oid>int4 log10:float8>float8|numeric>numeric \
    log:float8>float8|numeric,numeric>numeric|numeric>numeric loread:int4,int4>bytea \
    lower:anymultirange>anyelement|anyrange>anyelement|text>text lower_inc:anymultirange>bool|anyrange>bool \
    lower_inf:anymultirange>bool|anyrange>bool lowrite:int4,bytea>int4 lpad:text,int4,text>text|text,int4>text \
    lseg:box>lseg|point,point>lseg lseg_send:lseg>bytea ltrim:bytea,bytea>bytea|text,text>text|text>text \
    macaddr8:macaddr>macaddr8 macaddr8_cmp:macaddr8,macaddr8>int4 macaddr8_send:macaddr8>bytea \
    macaddr8_set7bit:macaddr8>macaddr8 macaddr:macaddr8>macaddr macaddr_cmp:macaddr,macaddr>int4 \
    macaddr_send:macaddr>bytea make_date:int4,int4,int4>date \
    make_interval:int4?,int4?,int4?,int4?,int4?,int4?,float8?>interval make_time:int4,int4,float8>time \
    make_timestamp:int4,int4,int4,int4,int4,float8>timestamp \
    make_timestamptz:int4,int4,int4,int4,int4,float8,text>timestamptz \
    make_timestamptz:int4,int4,int4,int4,int4,float8>timestamptz makeaclitem:oid,oid,text,bool>aclitem \
    masklen:inet>int4 max:anyarray>anyarray|anyenum>anyenum|bpchar>bpchar \
    max:bytea>bytea|date>date|float4>float4|float8>float8 \
    max:inet>inet|int2>int2|int4>int4|int8>int8|interval>interval \
    max:money>money|numeric>numeric|oid>oid|pg_lsn>pg_lsn max:record>record|text>text|tid>tid|time>time \
    max:timestamp>timestamp|timestamptz>timestamptz|timetz>timetz max:xid8>xid8 md5:bytea>text|text>text \
    min:anyarray>anyarray|anyenum>anyenum|bpchar>bpchar min:bytea>bytea|date>date|float4>float4|float8>float8 \
    min:inet>inet|int2>int2|int4>int4|int8>int8|interval>interval \
    min:money>money|numeric>numeric|oid>oid|pg_lsn>pg_lsn min:record>record|text>text|tid>tid|time>time \
    min:timestamp>timestamp|timestamptz>timestamptz|timetz>timetz min:xid8>xid8 min_scale:numeric>int4 \
    mod:int2,int2>int2|int4,int4>int4|int8,int8>int8 mod:numeric,numeric>numeric \
    money:int4>money|int8>money|numeric>money multirange:anyrange>anymultirange \
    multirange_cmp:anymultirange,anymultirange>int4 multirange_send:anymultirange>bytea mxid_age:xid>int4 \
    name:bpchar>name|text>name|varchar>name nameconcatoid:name,oid>name namesend:name>bytea netmask:inet>inet \
    network:inet>cidr network_cmp:inet,inet>int4 nextval:regclass>int8 normalize:text,text?>text \
    notlike:bytea,bytea>bool|name,text>bool|text,text>bool now:>timestamptz npoints:path>int4|polygon>int4 \
    nth_value:anyelement,int4>anyelement ntile:int4>int4 num_nonnulls:any*>int4 num_nulls:any*>int4 \
    numeric:float4>numeric|float8>numeric|int2>numeric numeric:int4>numeric|int8>numeric|jsonb>numeric|money>numeric \
    numeric:numeric,int4>numeric numeric_cmp:numeric,numeric>int4 numeric_div_trunc:numeric,numeric>numeric \
    numeric_exp:numeric>numeric numeric_inc:numeric>numeric numeric_ln:numeric>numeric \
    numeric_log:numeric,numeric>numeric numeric_send:numeric>bytea numeric_sqrt:numeric>numeric \
    numerictypmodin:cstring[]>int4 nummultirange:>nummultirange|numrange*>nummultirange \
    nummultirange:numrange>nummultirange numnode:tsquery>int4 numrange:numeric,numeric,text>numrange \
    numrange:numeric,numeric>numrange numrange_subdiff:numeric,numeric>float8 obj_description:oid,name>text|oid>text \
    octet_length:bit>int4|bpchar>int4|bytea>int4|text>int4 oid:int8>oid oidsend:oid>bytea \
    oidvectorsend:oidvector>bytea oidvectortypes:oidvector>text overlaps:time,interval,time,interval>bool \
    overlaps:time,interval,time,time>bool overlaps:time,time,time,interval>bool overlaps:time,time,time,time>bool \
    overlaps:timestamp,interval,timestamp,interval>bool overlaps:timestamp,interval,timestamp,timestamp>bool \
    overlaps:timestamp,timestamp,timestamp,interval>bool overlaps:timestamp,timestamp,timestamp,timestamp>bool \
    overlaps:timestamptz,interval,timestamptz,interval>bool \
    overlaps:timestamptz,interval,timestamptz,timestamptz>bool \
    overlaps:timestamptz,timestamptz,timestamptz,interval>bool \
    overlaps:timestamptz,timestamptz,timestamptz,timestamptz>bool overlaps:timetz,timetz,timetz,timetz>bool \
    overlay:bit,bit,int4,int4>bit|bit,bit,int4>bit overlay:bytea,bytea,int4,int4>bytea|bytea,bytea,int4>bytea \
    overlay:text,text,int4,int4>text|text,text,int4>text parse_ident:text,bool?>text[] path:polygon>path \
    path_send:path>bytea pclose:path>path phraseto_tsquery:regconfig,text>tsquery|text>tsquery pi:>float8 \
    plainto_tsquery:regconfig,text>tsquery|text>tsquery plpgsql_validator:oid>void \
    point:box>point|circle>point|float8,float8>point|lseg>point point:polygon>point point_send:point>bytea \
    poly_send:polygon>bytea polygon:box>polygon|circle>polygon|int4,circle>polygon polygon:path>polygon \
    popen:path>path position:bit,bit>int4|bytea,bytea>int4|text,text>int4 postgresql_fdw_validator:text[],oid>bool \
    pow:float8,float8>float8|numeric,numeric>numeric power:float8,float8>float8|numeric,numeric>numeric \
    query_to_xml:text,bool,bool,text>xml query_to_xml_and_xmlschema:text,bool,bool,text>xml \
    query_to_xmlschema:text,bool,bool,text>xml querytree:tsquery>text quote_ident:text>text \
    quote_literal:anyelement>text|text>text quote_nullable:anyelement>text|text>text radians:float8>float8 \
    radius:circle>float8 random:>float8|int4,int4>int4|int8,int8>int8 random:numeric,numeric>numeric \
    random_normal:float8?,float8?>float8 range_agg:anymultirange>anymultirange|anyrange>anymultirange \
    range_cmp:anyrange,anyrange>int4 range_intersect_agg:anymultirange>anymultirange \
    range_intersect_agg:anyrange>anyrange range_merge:anymultirange>anyrange|anyrange,anyrange>anyrange \
    range_send:anyrange>bytea record_send:record>bytea regclass:text>regclass regclasssend:regclass>bytea \
    regcollationsend:regcollation>bytea regconfigsend:regconfig>bytea regdictionarysend:regdictionary>bytea \
    regexp_count:text,text,int4,text>int4|text,text,int4>int4 regexp_count:text,text>int4 \
    regexp_instr:text,text,int4,int4,int4,text,int4>int4 regexp_instr:text,text,int4,int4,int4,text>int4 \
    regexp_instr:text,text,int4,int4,int4>int4 regexp_instr:text,text,int4,int4>int4|text,text,int4>int4 \
    regexp_instr:text,text>int4 regexp_like:text,text,text>bool|text,text>bool \
    regexp_match:text,text,text>text[]|text,text>text[] regexp_matches:text,text,text>~text[]|text,text>~text[] \
    regexp_replace:text,text,text,int4,int4,text>text regexp_replace:text,text,text,int4,int4>text \
    regexp_replace:text,text,text,int4>text regexp_replace:text,text,text,text>text|text,text,text>text \
    regexp_split_to_array:text,text,text>text[]|text,text>text[] \
    regexp_split_to_table:text,text,text>~text|text,text>~text regexp_substr:text,text,int4,int4,text,int4>text \
    regexp_substr:text,text,int4,int4,text>text regexp_substr:text,text,int4,int4>text|text,text,int4>text \
    regexp_substr:text,text>text regnamespacesend:regnamespace>bytea regoperatorsend:regoperator>bytea \
    regopersend:regoper>bytea regproceduresend:regprocedure>bytea regprocsend:regproc>bytea \
    regr_avgx:float8,float8>float8 regr_avgy:float8,float8>float8 regr_count:float8,float8>int8 \
    regr_intercept:float8,float8>float8 regr_r2:float8,float8>float8 regr_slope:float8,float8>float8 \
    regr_sxx:float8,float8>float8 regr_sxy:float8,float8>float8 regr_syy:float8,float8>float8 \
    regrolesend:regrole>bytea regtypesend:regtype>bytea repeat:text,int4>text replace:text,text,text>text \
    reverse:bytea>bytea|text>text right:text,int4>text round:float8>float8|numeric,int4>numeric|numeric>numeric \
    row_number:>int8 row_security_active:oid>bool|text>bool row_to_json:record,bool>json|record>json \
    rpad:text,int4,text>text|text,int4>text rtrim:bytea,bytea>bytea|text,text>text|text>text \
    satisfies_hash_partition:oid,int4,int4,any*>bool scale:numeric>int4 schema_to_xml:name,bool,bool,text>xml \
    schema_to_xml_and_xmlschema:name,bool,bool,text>xml schema_to_xmlschema:name,bool,bool,text>xml \
    session_user:>name set_bit:bit,int4,int4>bit|bytea,int8,int4>bytea set_byte:bytea,int4,int4>bytea \
    set_config:text,text,bool>text set_masklen:cidr,int4>cidr|inet,int4>inet setseed:float8>void \
    setval:regclass,int8,bool>int8|regclass,int8>int8 setweight:tsvector,char,text[]>tsvector \
    setweight:tsvector,char>tsvector sha224:bytea>bytea sha256:bytea>bytea sha384:bytea>bytea sha512:bytea>bytea \
    shobj_description:oid,name>text sign:float8>float8|numeric>numeric similar_escape:text,text>text \
    similar_to_escape:text,text>text|text>text sin:float8>float8 sind:float8>float8 sinh:float8>float8 \
    slope:point,point>float8 spg_poly_quad_compress:polygon>box split_part:text,text,int4>text \
    sqrt:float8>float8|numeric>numeric statement_timestamp:>timestamptz \
    stddev:float4>float8|float8>float8|int2>numeric|int4>numeric stddev:int8>numeric|numeric>numeric \
    stddev_pop:float4>float8|float8>float8|int2>numeric stddev_pop:int4>numeric|int8>numeric|numeric>numeric \
    stddev_samp:float4>float8|float8>float8|int2>numeric stddev_samp:int4>numeric|int8>numeric|numeric>numeric \
    string_agg:bytea,bytea>bytea|text,text>text string_to_array:text,text,text>text[]|text,text>text[] \
    string_to_table:text,text,text>~text|text,text>~text strip:tsvector>tsvector strpos:text,text>int4 \
    substr:bytea,int4,int4>bytea|bytea,int4>bytea substr:text,int4,int4>text|text,int4>text \
    substring:bit,int4,int4>bit|bit,int4>bit substring:bytea,int4,int4>bytea|bytea,int4>bytea \
    substring:text,int4,int4>text|text,int4>text substring:text,text,text>text|text,text>text \
    sum:float4>float4|float8>float8|int2>int8|int4>int8 sum:int8>numeric|interval>interval|money>money \
    sum:numeric>numeric system_user:>text table_to_xml:regclass,bool,bool,text>xml \
    table_to_xml_and_xmlschema:regclass,bool,bool,text>xml table_to_xmlschema:regclass,bool,bool,text>xml \
    tan:float8>float8 tand:float8>float8 tanh:float8>float8 text:bool>text|bpchar>text|char>text|inet>text|name>text \
    text:xml>text textlen:text>int4 textsend:text>bytea tidsend:tid>bytea \
    time:interval>time|time,int4>time|timestamp>time time:timestamptz>time|timetz>time time_cmp:time,time>int4 \
    time_hash:time>int4 time_hash_extended:time,int8>int8 time_send:time>bytea timeofday:>text \
    timestamp:date,time>timestamp|date>timestamp timestamp:timestamp,int4>timestamp|timestamptz>timestamp \
    timestamp_cmp:timestamp,timestamp>int4 timestamp_cmp_date:timestamp,date>int4 \
    timestamp_cmp_timestamptz:timestamp,timestamptz>int4 timestamp_hash:timestamp>int4 \
    timestamp_hash_extended:timestamp,int8>int8 timestamp_send:timestamp>bytea timestamptypmodin:cstring[]>int4 \
    timestamptz:date,time>timestamptz|date,timetz>timestamptz timestamptz:date>timestamptz|timestamp>timestamptz \
    timestamptz:timestamptz,int4>timestamptz timestamptz_cmp:timestamptz,timestamptz>int4 \
    timestamptz_cmp_date:timestamptz,date>int4 timestamptz_cmp_timestamp:timestamptz,timestamp>int4 \
    timestamptz_hash:timestamptz>int4 timestamptz_hash_extended:timestamptz,int8>int8 \
    timestamptz_send:timestamptz>bytea timestamptztypmodin:cstring[]>int4 timetypmodin:cstring[]>int4 \
    timetz:time>timetz|timestamptz>timetz|timetz,int4>timetz timetz_cmp:timetz,timetz>int4 timetz_hash:timetz>int4 \
    timetz_hash_extended:timetz,int8>int8 timetz_send:timetz>bytea timetztypmodin:cstring[]>int4 \
    timezone:interval,timestamp>timestamptz timezone:interval,timestamptz>timestamp \
    timezone:interval,timetz>timetz|text,timestamp>timestamptz \
    timezone:text,timestamptz>timestamp|text,timetz>timetz timezone:timestamp>timestamptz|timestamptz>timestamp \
    timezone:timetz>timetz to_ascii:text,int4>text|text,name>text|text>text to_bin:int4>text|int8>text \
    to_char:float4,text>text|float8,text>text|int4,text>text \
    to_char:int8,text>text|interval,text>text|numeric,text>text to_char:timestamp,text>text|timestamptz,text>text \
    to_date:text,text>date to_hex:int4>text|int8>text to_json:anyelement>json to_jsonb:anyelement>jsonb \
    to_number:text,text>numeric to_oct:int4>text|int8>text to_regclass:text>regclass \
    to_regcollation:text>regcollation to_regnamespace:text>regnamespace to_regoper:text>regoper \
    to_regoperator:text>regoperator to_regproc:text>regproc to_regprocedure:text>regprocedure \
    to_regrole:text>regrole to_regtype:text>regtype to_regtypemod:text>int4 \
    to_timestamp:float8>timestamptz|text,text>timestamptz to_tsquery:regconfig,text>tsquery|text>tsquery \
    to_tsvector:json>tsvector|jsonb>tsvector to_tsvector:regconfig,json>tsvector|regconfig,jsonb>tsvector \
    to_tsvector:regconfig,text>tsvector|text>tsvector transaction_timestamp:>timestamptz \
    translate:text,text,text>text trim_array:anyarray,int4>anyarray trim_scale:numeric>numeric \
    trunc:float8>float8|macaddr8>macaddr8|macaddr>macaddr trunc:numeric,int4>numeric|numeric>numeric \
    ts_debug:regconfig,text>~record|text>~record ts_delete:tsvector,text>tsvector|tsvector,text[]>tsvector \
    ts_filter:tsvector,char[]>tsvector ts_headline:json,tsquery,text>json|json,tsquery>json \
    ts_headline:jsonb,tsquery,text>jsonb|jsonb,tsquery>jsonb ts_headline:regconfig,json,tsquery,text>json \
    ts_headline:regconfig,json,tsquery>json ts_headline:regconfig,jsonb,tsquery,text>jsonb \
    ts_headline:regconfig,jsonb,tsquery>jsonb ts_headline:regconfig,text,tsquery,text>text \
    ts_headline:regconfig,text,tsquery>text ts_headline:text,tsquery,text>text|text,tsquery>text \
    ts_lexize:regdictionary,text>text[] ts_parse:oid,text>~record|text,text>~record \
    ts_rank:float4[],tsvector,tsquery,int4>float4 ts_rank:float4[],tsvector,tsquery>float4 \
    ts_rank:tsvector,tsquery,int4>float4|tsvector,tsquery>float4 ts_rank_cd:float4[],tsvector,tsquery,int4>float4 \
    ts_rank_cd:float4[],tsvector,tsquery>float4 ts_rank_cd:tsvector,tsquery,int4>float4 \
    ts_rank_cd:tsvector,tsquery>float4 ts_rewrite:tsquery,text>tsquery ts_rewrite:tsquery,tsquery,tsquery>tsquery \
    ts_stat:text,text>~record|text>~record ts_token_type:oid>~record|text>~record \
    tsmultirange:>tsmultirange|tsrange*>tsmultirange tsmultirange:tsrange>tsmultirange \
    tsquery_cmp:tsquery,tsquery>int4 tsquerysend:tsquery>bytea tsrange:timestamp,timestamp,text>tsrange \
    tsrange:timestamp,timestamp>tsrange tsrange_subdiff:timestamp,timestamp>float8 \
    tstzmultirange:>tstzmultirange|tstzrange*>tstzmultirange tstzmultirange:tstzrange>tstzmultirange \
    tstzrange:timestamptz,timestamptz,text>tstzrange tstzrange:timestamptz,timestamptz>tstzrange \
    tstzrange_subdiff:timestamptz,timestamptz>float8 tsvector_cmp:tsvector,tsvector>int4 \
    tsvector_to_array:tsvector>text[] tsvectorsend:tsvector>bytea txid_current:>int8 txid_current_if_assigned:>int8 \
    txid_current_snapshot:>txid_snapshot txid_snapshot_send:txid_snapshot>bytea \
    txid_snapshot_xip:txid_snapshot>~int8 txid_snapshot_xmax:txid_snapshot>int8 \
    txid_snapshot_xmin:txid_snapshot>int8 txid_status:int8>text txid_visible_in_snapshot:int8,txid_snapshot>bool \
    unicode_assigned:text>bool unicode_version:>text unistr:text>text unknownsend:unknown>bytea \
    unnest:anyarray>~anyelement|anymultirange>~anyrange unnest:tsvector>~record \
    upper:anymultirange>anyelement|anyrange>anyelement|text>text upper_inc:anymultirange>bool|anyrange>bool \
    upper_inf:anymultirange>bool|anyrange>bool uuid_cmp:uuid,uuid>int4 uuid_extract_timestamp:uuid>timestamptz \
    uuid_extract_version:uuid>int2 uuid_hash:uuid>int4 uuid_hash_extended:uuid,int8>int8 uuid_send:uuid>bytea \
    uuidv4:>uuid uuidv7:>uuid|interval>uuid var_pop:float4>float8|float8>float8|int2>numeric|int4>numeric \
    var_pop:int8>numeric|numeric>numeric var_samp:float4>float8|float8>float8|int2>numeric \
    var_samp:int4>numeric|int8>numeric|numeric>numeric varbit:varbit,int4,bool>varbit varbit_send:varbit>bytea \
    varbitcmp:varbit,varbit>int4 varbittypmodin:cstring[]>int4 varchar:name>varchar|varchar,int4,bool>varchar \
    varcharsend:varchar>bytea varchartypmodin:cstring[]>int4 variance:float4>float8|float8>float8|int2>numeric \
    variance:int4>numeric|int8>numeric|numeric>numeric version:>text void_send:void>bytea \
    websearch_to_tsquery:regconfig,text>tsquery|text>tsquery width:box>float8 \
    width_bucket:anycompatible,anycompatiblearray>int4 width_bucket:float8,float8,float8,int4>int4 \
    width_bucket:numeric,numeric,numeric,int4>int4 xid8cmp:xid8,xid8>int4 xid8send:xid8>bytea xid:xid8>xid \
    xidsend:xid>bytea xml:text>xml xml_is_well_formed:text>bool xml_is_well_formed_content:text>bool \
    xml_is_well_formed_document:text>bool xml_send:xml>bytea xmlagg:xml>xml xmlcomment:text>xml \
    xmlexists:text,xml>bool xmltext:text>xml xmlvalidate:xml,text>bool xpath:text,xml,text[]>xml[]|text,xml>xml[] \
    xpath_exists:text,xml,text[]>bool|text,xml>bool
    """
}
