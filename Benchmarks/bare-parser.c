/* Reads and parses SQL files with PostgreSQL's own parser and does nothing with the trees: what no linter on this
 * parser can be faster than. Files are given as arguments, or one a line on standard input.
 * Prints how many files, bytes, statements and syntax errors it met. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <pg_query.h>
#include <pg_query_internal.h>

static long files, bytes, statements, errors;

static char *contents_of(const char *path, long *length) {
  FILE *file = fopen(path, "rb");
  if (!file || fseek(file, 0, SEEK_END) != 0 || (*length = ftell(file)) < 0) {
    perror(path);
    exit(2);
  }
  rewind(file);
  char *text = malloc(*length + 1);
  if (!text || fread(text, 1, *length, file) != (size_t)*length) {
    perror(path);
    exit(2);
  }
  text[*length] = '\0';
  fclose(file);
  return text;
}

static void parse(const char *path) {
  long length;
  char *text = contents_of(path, &length);
  MemoryContext context = pg_query_enter_memory_context();
  PgQueryInternalParsetreeAndError result = pg_query_raw_parse(text, PG_QUERY_PARSE_DEFAULT);
  files += 1;
  bytes += length;
  if (result.error) {
    errors += 1;
    pg_query_free_error(result.error);
  } else {
    statements += list_length(result.tree);
  }
  free(result.stderr_buffer);
  pg_query_exit_memory_context(context);
  free(text);
}

int main(int count, char **arguments) {
  char line[4096];
  for (int i = 1; i < count; i++) parse(arguments[i]);
  while (count == 1 && fgets(line, sizeof line, stdin)) {
    line[strcspn(line, "\n")] = '\0';
    parse(line);
  }
  printf("%ld files, %ld bytes, %ld statements, %ld syntax errors\n", files, bytes, statements, errors);
  return 0;
}
