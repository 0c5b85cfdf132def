import { sql, type Kysely } from 'kysely'

const statements = [
  `CREATE TABLE model_exam (
    id INTEGER PRIMARY KEY, event_seq INTEGER NOT NULL, model TEXT NOT NULL, digest TEXT NOT NULL, ollama TEXT NOT NULL, at TEXT NOT NULL,
    by TEXT NOT NULL, packets INTEGER NOT NULL, schema_valid INTEGER NOT NULL, sentences INTEGER NOT NULL, verified INTEGER NOT NULL,
    ms_per_item INTEGER NOT NULL, prompt_hash TEXT NOT NULL, verifier TEXT NOT NULL, is_passed INTEGER NOT NULL, details TEXT NOT NULL) STRICT`,
  `CREATE INDEX model_exam_by_model ON model_exam (model, id)`,
  `CREATE TABLE wording (
    id INTEGER PRIMARY KEY, item_id INTEGER NOT NULL REFERENCES review_item, campaign_id INTEGER NOT NULL REFERENCES campaign,
    event_seq INTEGER NOT NULL, at TEXT NOT NULL, cache_key TEXT NOT NULL, packet_hash TEXT NOT NULL, packet_bytes INTEGER NOT NULL,
    engine_version TEXT NOT NULL, score INTEGER NOT NULL, narrator TEXT NOT NULL, model TEXT NOT NULL, digest TEXT NOT NULL, ollama TEXT NOT NULL,
    prompt_version TEXT NOT NULL, prompt_hash TEXT NOT NULL, verifier TEXT NOT NULL, options TEXT NOT NULL, raw TEXT NOT NULL,
    raw_hash TEXT NOT NULL, findings TEXT NOT NULL, narrative TEXT NOT NULL, rendered TEXT NOT NULL, rendered_hash TEXT NOT NULL,
    sentences INTEGER NOT NULL, replaced INTEGER NOT NULL, verdict TEXT, is_disagreeing INTEGER NOT NULL, milliseconds INTEGER NOT NULL,
    fault TEXT) STRICT`,
  `CREATE INDEX wording_by_item ON wording (item_id, id)`,
  `CREATE INDEX wording_by_campaign ON wording (campaign_id, item_id) WHERE is_disagreeing = 1`,
]

/** Exams of language models and the narratives they wrote: evidence, so written once and refused by the database ever after. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db)
  for (const table of ['model_exam', 'wording']) {
    for (const change of ['UPDATE', 'DELETE']) {
      await sql
        .raw(
          `CREATE TRIGGER ${table}_refuses_${change.toLowerCase()} BEFORE ${change} ON ${table}
           BEGIN SELECT RAISE(ABORT, '${table} is append-only evidence'); END`,
        )
        .execute(db)
    }
  }
}
