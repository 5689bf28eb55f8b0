/**
 * Extensions of PostgreSQL that CREATE EXTENSION finds in every database.
 *
 * Pure: names, and what loads them.
 * Source   Release notes of Amazon RDS for PostgreSQL, "Extension versions for Amazon RDS for PostgreSQL" (read 2026-11-27): of what
 *          RDS has, those that PGlite 0.4.6 brings. Assumed: the same on Aurora, and with every version of an engine.
 * Spec     postgres-database.md
 */
import type { Extensions } from '@electric-sql/pglite';

/** Those of PostgreSQL's own contrib, as PGlite's modules are called; `uuid_ossp` is the extension `uuid-ossp`. */
const CONTRIB = [
  'amcheck',
  'bloom',
  'btree_gin',
  'btree_gist',
  'citext',
  'cube',
  'dict_int',
  'dict_xsyn',
  'earthdistance',
  'fuzzystrmatch',
  'hstore',
  'intarray',
  'isn',
  'lo',
  'ltree',
  'pg_buffercache',
  'pg_freespacemap',
  'pg_trgm',
  'pg_visibility',
  'pgcrypto',
  'seg',
  'tablefunc',
  'tcn',
  'tsm_system_rows',
  'tsm_system_time',
  'unaccent',
  'uuid_ossp',
];
const OTHERS = ['vector'];

/** @param load loads a module as PGlite itself is loaded */
export function extensionsOfRds(load: (module: string) => unknown): Extensions {
  const found = [
    ...CONTRIB.map((name) => [name, `contrib/${name}`] as const),
    ...OTHERS.map((name) => [name, name] as const),
  ];
  return Object.fromEntries(
    found.map(([name, path]) => [name, (load(`@electric-sql/pglite/${path}`) as Extensions)[name]]),
  ) as Extensions;
}
