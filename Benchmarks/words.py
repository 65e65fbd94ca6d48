"""The names in generated histories, such as a shop's, a school's or a warehouse's developers would choose."""

QUALIFIERS = """account archived billing branch campaign catalog channel client contract course customer daily default
delivery device draft employee event external family guest home imported internal legacy lesson local market member
mobile monthly office partner payment pending product project public regional remote retail sales school season
shared staff store student supplier support team tenant travel user vendor visitor warehouse weekly""".split()

NOUNS = """account address_book alert answer approval article attachment badge balance basket booking budget bundle
card certificate claim comment complaint contact coupon credential deposit device discount document driver estimate
exam feature feedback_form folder forecast gift_card grade group guide image import invitation invoice item job label
lead license link list location log mailbox message meter milestone note notification offer option order package page
parcel payment permission photo plan playlist policy_document poll post price profile quote rating receipt refund
reminder report reservation return review reward role room route rule schedule seat segment session setting shelf_label
shift shipment signature slot snapshot sponsor step subscription survey tag task tax_rate template ticket token topic
track transfer trip update upload visit voucher wallet webhook workflow""".split()

PLACES = ["", "item", "change", "draft", "link", "import"]

# Name, type, and the default that the column takes where it may not be null.
COLUMNS = [
    ("title", "varchar(80)", "''"),
    ("name", "varchar(120)", "''"),
    ("slug", "varchar(60)", "''"),
    ("description", "text", "''"),
    ("summary", "varchar(200)", "''"),
    ("status", "varchar(20)", "'new'"),
    ("kind", "varchar(30)", "'other'"),
    ("language", "varchar(8)", "'en'"),
    ("currency", "varchar(3)", "'EUR'"),
    ("country_code", "varchar(2)", "'IE'"),
    ("email", "varchar(100)", "''"),
    ("phone", "varchar(30)", "''"),
    ("city", "varchar(80)", "''"),
    ("reference_code", "varchar(40)", "''"),
    ("external_ref", "varchar(64)", "''"),
    ("notes", "text", "''"),
    ("body", "text", "''"),
    ("quantity", "integer", "0"),
    ("position", "integer", "0"),
    ("priority", "integer", "0"),
    ("retry_count", "integer", "0"),
    ("version", "integer", "1"),
    ("view_count", "integer", "0"),
    ("size_in_bytes", "integer", "0"),
    ("amount", "numeric(10,2)", "0"),
    ("discount_rate", "numeric(5,2)", "0"),
    ("weight", "numeric(8,3)", "0"),
    ("is_active", "boolean", "true"),
    ("is_visible", "boolean", "false"),
    ("needs_review", "boolean", "false"),
    ("created_at", "timestamptz", "now()"),
    ("updated_at", "timestamptz", "now()"),
    ("published_at", "timestamp", "now()"),
    ("expires_at", "timestamp", "now()"),
    ("archived_at", "timestamptz", "now()"),
    ("starts_on", "date", "CURRENT_DATE"),
    ("ends_on", "date", "CURRENT_DATE"),
    ("settings", "jsonb", "'{}'"),
    ("metadata", "jsonb", "'{}'"),
    ("public_id", "uuid", "gen_random_uuid()"),
]

# What a column's type is changed to as its table grows older.
WIDER_TYPES = {
    "varchar(2)": "varchar(3)",
    "varchar(3)": "varchar(4)",
    "varchar(8)": "varchar(16)",
    "varchar(20)": "varchar(40)",
    "varchar(30)": "text",
    "varchar(40)": "varchar(64)",
    "varchar(60)": "varchar(120)",
    "varchar(64)": "text",
    "varchar(80)": "varchar(160)",
    "varchar(100)": "varchar(254)",
    "varchar(120)": "text",
    "varchar(200)": "varchar(500)",
    "integer": "bigint",
    "numeric(5,2)": "numeric(7,4)",
    "numeric(8,3)": "numeric(10,3)",
    "numeric(10,2)": "numeric(14,2)",
    "timestamp": "timestamptz",
}


def table_stems(random):
    """Singular names for tables, in a random order and without an end."""
    names = [f"{qualifier}_{noun}" for qualifier in QUALIFIERS for noun in NOUNS if qualifier != noun]
    names = [f"{name}_{place}" if place else name for name in names for place in PLACES]
    random.shuffle(names)
    yield from names
    generation = 2
    while True:
        yield from (f"{name}_v{generation}" for name in names)
        generation += 1
