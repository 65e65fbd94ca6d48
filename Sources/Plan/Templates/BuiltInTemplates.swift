/// The texts of the runbook as sqllint ships them.
enum BuiltInTemplates {
  static let main = "runbook"

  static let all: [(name: String, text: String)] = [
    (main, "{{>head}}\n\n{{>order}}\n\n{{>before}}\n\n{{>execute}}\n\n{{>watch}}\n\n{{>validate}}\n\n{{>rollback}}\n"),
    ("head", head), ("order", order), ("before", before), ("task", task), ("execute", execute), ("watch", watch),
    ("validate", validate), ("rollback", rollback),
  ]

  private static let head = """
    # Migration: {{title}}

    **Risk**: {{risk}} · **Downtime**: {{downtime}} · **Estimated time**: ____ (measured on staging with `\\timing on`)

    From version {{#from_version}}{{from_version}}{{/from_version}}{{^from_version}}none{{/from_version}} to {{#to_version}}{{to_version}}{{/to_version}}{{^to_version}}____{{/to_version}}, \
    {{count}} migrations in {{folder}}, run by {{runner}} on PostgreSQL {{target_version}}. sqllint {{tool_version}} wrote this from the files alone: \
    what they do not tell is a line to fill.

    | approved by | risk | migrations | given by, when |
    |---|---|---|---|
    {{#approvals}}
    | {{approver}} | {{risk}} | {{#migrations}}{{.}} {{/migrations}}| ____ |
    {{/approvals}}

    {{#has_obstacles}}
    ## Not ready

    As the files are, these do not run to their end:

    {{#obstacles}}
    - {{.}}
    {{/obstacles}}

    {{/has_obstacles}}
    {{#has_code}}
    ## Code

    {{#code}}
    - [ ] {{.}}
    {{/code}}
    {{/has_code}}

    """

  private static let order = """
    ## Order of deployment

    {{#stages}}
    ### Stage {{number}}{{#has_phases}} ({{phases}}){{/has_phases}}

    {{#waits_for}}
    - [ ] {{.}}
    {{/waits_for}}

    {{#migrations}}
    - {{.}}
    {{/migrations}}

    {{commands}}

    {{/stages}}

    """

  private static let task = """
    - [ ] {{title}}
    {{#detail}}
      {{detail}}
    {{/detail}}
    {{#code}}
    {{code.indented}}
    {{/code}}

    """

  private static let before = """
    ## Before

    {{#before}}
    {{>task}}
    {{/before}}

    ### Backup

    {{#backup}}
    {{>task}}
    {{/backup}}

    """

  private static let execute = """
    ## Execute

    Each stage with the command above, its checks right behind it. These statements make others wait, or take their time.

    Abort when others have waited for one of them longer than 5 seconds: `SELECT pg_cancel_backend(PID)`, with its PID from \
    `pg_stat_activity`; never end a process of the server from outside. Where nothing else is said, nothing of its transaction stays then.

    {{#migrations}}
    ### {{title}}

    {{path}}: {{risk}} risk, to be approved by {{approver}}{{#has_phases}}; {{phases}}{{/has_phases}}

    {{#reasons}}
    - {{.}}
    {{/reasons}}

    {{#timeouts}}
    {{timeouts}}
    {{/timeouts}}

    {{#steps}}
    **{{command}}**, {{place}}

    {{sql}}

    {{#effects}}
    - {{.}}
    {{/effects}}
    {{#warning}}
    - **Wrong recipe**: {{warning}}
    {{/warning}}
    {{#abort}}
    - {{.}}
    {{/abort}}

    {{#progress}}
    How far it is:

    {{progress}}
    {{/progress}}

    {{#cleanup}}
    After an abort:

    {{cleanup}}
    {{/cleanup}}

    {{/steps}}
    {{^has_steps}}
    Nobody waits for it.
    {{/has_steps}}

    {{/migrations}}

    """

  private static let watch = """
    ## Watch

    {{#watch}}
    {{>task}}
    {{/watch}}
    - [ ] Errors of the application stay below 5 % of requests; where: ____
    - [ ] Response times stay below 150 % of what they were before; they were ____

    """

  private static let validate = """
    ## Validate

    {{#migrations}}
    ### After {{title}}

    {{#checks_sql}}
    Each row says `t`:

    {{checks_sql}}
    {{/checks_sql}}
    {{^has_checks}}
    Nothing of the schema tells whether it ran: compare by hand.
    {{/has_checks}}

    {{#looks}}
    - [ ] {{subject}}

    {{sql.indented}}

    {{/looks}}
    {{#tasks_after}}
    {{>task}}
    {{/tasks_after}}

    {{/migrations}}

    - [ ] The application answers its health check: ____
    - [ ] Its logs hold no new errors

    """

  private static let rollback = """
    ## Roll back

    | what is seen | what to do |
    |---|---|
    | errors of the application above 5 % | roll back at once; restore from the backup where the table below says so |
    | slower by more than 50 % | roll back within 15 minutes |
    | a feature that is not critical is broken | decide: fix forward, or roll back |
    | minor issues | watch, and fix forward |

    The last migration first.

    {{#rollbacks}}
    ### {{title}}

    {{#command}}
    {{command}}
    {{/command}}
    {{^has_command}}
    There is no command that takes it back: restore from the backup, or write a migration that undoes it.
    {{/has_command}}

    {{#reversible}}
    It leaves the schema as it was, and loses nothing that was there before.

    {{/reversible}}
    {{#losses}}
    - **Only from the backup**: {{.}}
    {{/losses}}
    {{#facts}}
    - {{.}}
    {{/facts}}
    {{#takes}}
    - It takes away {{.}}, also what was written since
    {{/takes}}
    {{#locks}}
    - It locks {{.}}
    {{/locks}}

    {{#failure}}
    - {{.}}
    {{/failure}}

    {{#repair}}
    {{repair}}
    {{/repair}}

    {{#checks_sql}}
    When it has been taken back, each row says `t`:

    {{checks_sql}}
    {{/checks_sql}}

    {{/rollbacks}}

    """
}
