import Catalog
import Syntax

/// WITH (…) of tables.
extension Execution {
  /// Source: `reloptions.c`.
  func checkParameters(_ options: [Option], isPartitioned: Bool, method: String?) throws(SQLError) {
    if options.isEmpty { return }
    if let oids = options.first(where: { $0.name == "oids" && $0.namespace == nil }) {
      if ["false", "off", "0"].contains(oids.value?.lowercased()) { return }
      throw SQLError(.featureNotSupported, "tables declared WITH OIDS are not supported")
    }
    for option in options {
      if let namespace = option.namespace, namespace != "toast" {
        throw SQLError(
          .invalidParameterValue,
          "unrecognized parameter namespace \(namespace.quotedInErrors)"
        )
      }
      // Other methods of storing tables have parameters of their own.
      if method == nil || method == "heap", !Self.parameters.contains(option.name),
        !option.name.hasPrefix("autovacuum_")
      {
        throw SQLError(.invalidParameterValue, "unrecognized parameter \(option.name.quotedInErrors)")
      }
    }
    if isPartitioned, options.contains(where: { $0.namespace == nil }) {
      throw SQLError(
        version >= 16 ? .wrongObjectType : .invalidParameterValue,
        "cannot specify storage parameters for a partitioned table"
      )
    }
  }

  private static let parameters: Set<String> = [
    "fillfactor", "toast_tuple_target", "parallel_workers", "user_catalog_table", "vacuum_index_cleanup",
    "vacuum_truncate", "vacuum_max_eager_freeze_failure_rate", "log_autovacuum_min_duration",
  ]
}
