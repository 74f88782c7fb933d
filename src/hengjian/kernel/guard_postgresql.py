"""PostgreSQL's half of the belt: what a transaction must have done before its writes to case tables may stand.

The first write to a case table opens the act that the transaction has named, in a table that nobody but the owner writes.
At commit every act opened must have appended its entry; naming one is not enough. The log is written through functions only:
`hengjian_append` numbers and compares, `hengjian_blank` destroys openings for an act of erasure. They run with the
owner's rights, so the application's role needs none on the log itself (`grants`).
"""

LANES = 16  # entries are counted on as many lanes as connections may share without waiting for each other

FUNCTIONS = """
DROP TABLE IF EXISTS hengjian_openact CASCADE;
CREATE UNLOGGED TABLE hengjian_openact (
  xid xid8, act text, entry bigint, missing bigint NOT NULL DEFAULT 0, PRIMARY KEY (xid, act)
);

-- These two run at every write: names are spelt out, since setting a search path each time costs more than the rest.
CREATE OR REPLACE FUNCTION hengjian_needs_act() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER AS $$
DECLARE
  named text := coalesce(pg_catalog.current_setting('hengjian.act', true), '');
BEGIN
  IF named = '' THEN
    RAISE EXCEPTION 'case table % is written only by acts', TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';
  END IF;
  INSERT INTO public.hengjian_openact (xid, act) VALUES (pg_catalog.pg_current_xact_id(), named) ON CONFLICT (xid, act) DO NOTHING;
  RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION hengjian_closed() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER AS $$
BEGIN
  -- Appending the entry closes the act and takes it out of the table: at commit none may be left.
  IF EXISTS (SELECT FROM public.hengjian_openact WHERE xid = NEW.xid AND act = NEW.act) THEN
    RAISE EXCEPTION 'case tables were written under % and no entry was appended, or not all of one', NEW.act
      USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER hengjian_close AFTER INSERT ON hengjian_openact
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION hengjian_closed();

CREATE OR REPLACE FUNCTION hengjian_append(
  p_leaf bytea, p_hash bytea, p_act text, p_at timestamptz, p_actor text, p_table text, p_subject bigint,
  p_salt bytea, p_details bytea, p_key text,
  p_tables text[], p_rows bigint[], p_salts bytea[], p_commitments bytea[]
) RETURNS bigint LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  said json := convert_from(p_leaf, 'UTF8')::json;
  on_lane smallint := pg_backend_pid() % @LANES;
  missing_rows bigint := (said->>'n')::bigint - cardinality(p_rows);
  counted bigint;
  made bigint;
BEGIN
  DELETE FROM hengjian_openact WHERE xid = pg_current_xact_id() AND act = p_act AND entry IS NULL;
  IF p_act IS DISTINCT FROM current_setting('hengjian.act', true) THEN
    RAISE EXCEPTION 'an entry of % is appended by that act only', p_act USING ERRCODE = 'insufficient_privilege';
  END IF;
  IF said->>'act' IS DISTINCT FROM p_act OR (said->>'at')::timestamptz IS DISTINCT FROM p_at
     OR p_hash IS DISTINCT FROM sha256('\\x00'::bytea || p_leaf) OR p_salt IS NULL OR p_details IS NULL
     OR missing_rows IS NULL OR missing_rows < 0 THEN
    RAISE EXCEPTION 'the entry does not say what its leaf says' USING ERRCODE = 'insufficient_privilege';
  END IF;
  UPDATE kernel_lane SET last = last + 1 WHERE lane = on_lane RETURNING last INTO counted;
  IF NOT FOUND THEN
    INSERT INTO kernel_lane (lane, last) VALUES (on_lane, 1)
      ON CONFLICT (lane) DO UPDATE SET last = kernel_lane.last + 1 RETURNING last INTO counted;
  END IF;
  INSERT INTO kernel_entry
      (leaf, leaf_hash, act, at, actor, subject_table, subject_id, salt, details, key, lane, place)
    VALUES (p_leaf, p_hash, p_act, p_at, p_actor, p_table, p_subject, p_salt, p_details, p_key, on_lane, counted)
    RETURNING id INTO made;
  IF missing_rows > 0 THEN
    INSERT INTO hengjian_openact (xid, act, entry, missing)
      VALUES (pg_current_xact_id(), p_act, made, missing_rows);
  END IF;
  INSERT INTO kernel_entryrow (entry_id, position, "table", row_id, salt, commitment)
    SELECT made, place - 1, named, numbered, salted, committed
    FROM unnest(p_tables, p_rows, p_salts, p_commitments) WITH ORDINALITY
      AS given (named, numbered, salted, committed, place);
  RETURN made;
END $$;

CREATE OR REPLACE FUNCTION hengjian_append_rows(
  p_entry bigint, p_after integer, p_tables text[], p_rows bigint[], p_salts bytea[], p_commitments bytea[]
) RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  UPDATE hengjian_openact SET missing = missing - cardinality(p_rows)
    WHERE xid = pg_current_xact_id() AND entry = p_entry AND missing >= cardinality(p_rows);
  IF NOT FOUND THEN
    RAISE EXCEPTION 'commitments are appended with their entry only' USING ERRCODE = 'insufficient_privilege';
  END IF;
  DELETE FROM hengjian_openact WHERE xid = pg_current_xact_id() AND missing = 0 AND entry = p_entry;
  INSERT INTO kernel_entryrow (entry_id, position, "table", row_id, salt, commitment)
    SELECT p_entry, p_after + place - 1, named, numbered, salted, committed
    FROM unnest(p_tables, p_rows, p_salts, p_commitments) WITH ORDINALITY
      AS given (named, numbered, salted, committed, place);
END $$;

CREATE OR REPLACE FUNCTION hengjian_blank(p_entries bigint[], p_commitments bigint[]) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  named text := coalesce(current_setting('hengjian.act', true), '');
BEGIN
  IF named = '' THEN
    RAISE EXCEPTION 'openings are destroyed only by an act of erasure' USING ERRCODE = 'insufficient_privilege';
  END IF;
  -- From here on the transaction stands only with an entry, and the entry has to name what is destroyed.
  INSERT INTO hengjian_openact (xid, act) VALUES (pg_current_xact_id(), named) ON CONFLICT (xid, act) DO NOTHING;
  UPDATE kernel_entryrow SET salt = NULL WHERE id = ANY (p_commitments);
  UPDATE kernel_entry SET salt = NULL, details = NULL WHERE id = ANY (p_entries);
END $$;

REVOKE ALL ON hengjian_openact FROM PUBLIC;
REVOKE ALL ON FUNCTION hengjian_append, hengjian_append_rows, hengjian_blank, hengjian_needs_act, hengjian_closed
  FROM PUBLIC;
""".replace("@LANES", str(LANES))
