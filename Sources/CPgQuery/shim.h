#ifndef CPGQUERY_SHIM_H
#define CPGQUERY_SHIM_H

#if !__has_include(<pg_query.h>)
#error "libpg_query is missing: run `make setup`, which installs libpg_query 17"
#else
#include <pg_query.h>
#if !defined(PG_MAJORVERSION_NUM) && !defined(PG_VERSION_NUM)
#error "this libpg_query does not say its PostgreSQL version: run `make setup`, which installs libpg_query 17"
#elif PG_VERSION_NUM < 170000
#error "this libpg_query is older than PostgreSQL 17's grammar: run `make setup`, which installs libpg_query 17"
#else
#include <postgres.h>
#include <nodes/parsenodes.h>
#include <nodes/pg_list.h>
#include <nodes/primnodes.h>
#include <nodes/value.h>
#include <pg_query_internal.h>
#endif
#endif

#endif
