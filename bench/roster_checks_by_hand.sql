-- The roster checks as a person would write them for this one engine, on the same columns: the reference of the ratio.
-- One statement per check behind its code; thresholds are those in force on 2026-11-01.

-- rosters.identity_number
SELECT "row" FROM candidates WHERE id_kind = 1 AND id_ok = 0;
-- rosters.birth_differs
SELECT "row", birth, birth_in_number FROM candidates
WHERE birth <> birth_in_number AND birth <> 0 AND birth_in_number <> 0;
-- rosters.sex_differs
SELECT "row", sex, sex_in_number FROM candidates WHERE sex <> sex_in_number AND sex <> 0 AND sex_in_number <> 0;
-- rosters.age_below
SELECT "row", birth, judged, 16 AS years FROM candidates WHERE birth <> 0 AND judged - birth < 6144;
-- rosters.age_remarkable
SELECT "row", 65 AS years FROM candidates WHERE birth <> 0 AND judged - birth >= 24960;
-- rosters.duplicate_in_batch
WITH twice AS (
  SELECT batch, person_key, min("row") AS first, count(*) AS times FROM candidates
  WHERE person_key <> 0 GROUP BY ALL HAVING count(*) > 1)
SELECT c."row", first, times FROM candidates c JOIN twice USING (batch, person_key) WHERE c."row" > first;
-- rosters.two_batches
SELECT c."row", count(*) AS others, max(e.exam) AS other_exam
FROM candidates c JOIN enrolments e ON c.person_key = e.person_key AND c.occupation = e.occupation
  AND c.batch <> e.batch AND c.applied <= e.exam AND e.applied <= c.exam
WHERE c.person_key <> 0 GROUP BY c."row";
-- rosters.overlapping_sittings
SELECT c."row", count(*) AS others
FROM candidates c JOIN enrolments e ON c.person_key = e.person_key
  AND c.batch <> e.batch AND c.starts < e.ends AND e.starts < c.ends
WHERE c.person_key <> 0 AND c.ends > c.starts GROUP BY c."row";
-- rosters.two_employers
SELECT c."row", count(*) AS others
FROM candidates c JOIN employment e ON c.person_key = e.person_key
  AND c.employer <> e.employer AND e.begins <= c.applied AND c.applied <= e.ends
WHERE c.institution_kind = 1 AND c.person_key <> 0 GROUP BY c."row";
-- rosters.employer_foreign
SELECT "row", employer_own FROM candidates WHERE employer_own IN (3, 4);
-- rosters.contract_missing
SELECT "row" FROM candidates WHERE institution_kind = 1 AND evidence = 0;
-- rosters.contract_late
SELECT "row", contract_from, applied FROM candidates
WHERE institution_kind = 1 AND evidence = 1 AND contract_from > applied;
-- rosters.contract_ended
SELECT "row", contract_to, exam FROM candidates WHERE institution_kind = 1 AND evidence = 1 AND contract_to < exam;
-- rosters.de_facto_evidence
SELECT "row", evidence_kinds, 2 AS kinds FROM candidates
WHERE institution_kind = 1 AND evidence = 2 AND evidence_kinds < 2;
-- rosters.outside_plan
SELECT c."row", c.occupation, c.level, p.occupation AS planned, p.level AS planned_level
FROM candidates c JOIN plans p USING (batch) WHERE c.occupation <> p.occupation OR c.level <> p.level;
-- rosters.occupation_unknown
SELECT "row", occupation FROM candidates ANTI JOIN occupations USING (occupation) WHERE occupation <> 0;
-- rosters.occupation_name
SELECT c."row", c.occupation, c.occupation_by_name
FROM candidates c ANTI JOIN aliases a ON c.occupation = a.occupation AND c.occupation_by_name = a.named
WHERE occupation_by_name <> 0 AND c.occupation <> 0 AND occupation_by_name <> c.occupation;
-- rosters.trade_foreign
WITH trades AS (SELECT key, occupation FROM related WHERE kind = 3)
SELECT c."row", c.occupation
FROM (SELECT "row", occupation, trade FROM candidates WHERE trade <> 0 AND trade IN (SELECT key FROM trades)) c
ANTI JOIN trades t ON c.trade = t.key AND c.occupation = t.occupation;
-- rosters.occupation_unrelated
SELECT "row", c.occupation FROM candidates c
WHERE mismatch_reason = 0 AND (job <> 0 OR major <> 0 OR trade <> 0)
  AND NOT EXISTS (FROM related r WHERE kind = 1 AND r.key = c.job AND r.occupation = c.occupation)
  AND NOT EXISTS (FROM related r WHERE kind = 2 AND r.key = c.major AND r.occupation = c.occupation)
  AND NOT EXISTS (FROM related r WHERE kind = 3 AND r.key = c.trade AND r.occupation = c.occupation);
-- rosters.occupation_excused
SELECT "row", c.occupation FROM candidates c
WHERE mismatch_reason = 1 AND (job <> 0 OR major <> 0 OR trade <> 0)
  AND NOT EXISTS (FROM related r WHERE kind = 1 AND r.key = c.job AND r.occupation = c.occupation)
  AND NOT EXISTS (FROM related r WHERE kind = 2 AND r.key = c.major AND r.occupation = c.occupation)
  AND NOT EXISTS (FROM related r WHERE kind = 3 AND r.key = c.trade AND r.occupation = c.occupation);
-- rosters.prior_number
SELECT "row" FROM candidates WHERE prior_number = 2;
-- rosters.prior_number_differs
SELECT "row", prior_level, prior_number_level, prior_year, prior_number_year FROM candidates
WHERE prior_number = 1
  AND ((prior_level <> prior_number_level AND prior_level <> 0 AND prior_number_level <> 0)
    OR (prior_year <> prior_number_year AND prior_year <> 0 AND prior_number_year <> 0));
-- rosters.prior_level
SELECT "row", prior_level, level FROM candidates
WHERE prior_level <> 0 AND level <> 0 AND prior_level <= level
  AND (prior_occupation = 0 OR prior_occupation = occupation);
-- rosters.prior_occupation
SELECT "row", c.occupation, prior_occupation FROM candidates c
WHERE prior_occupation <> 0 AND prior_occupation <> c.occupation
  AND NOT EXISTS (FROM related r WHERE kind = 4 AND r.occupation = c.occupation AND r.key = c.prior_occupation)
  AND NOT EXISTS (FROM aliases a WHERE a.occupation = c.occupation AND a.named = c.prior_occupation);
-- rosters.prior_date
SELECT "row", prior, applied, birth, 16 AS years FROM candidates
WHERE prior <> 0 AND (prior > applied OR (birth <> 0 AND prior - birth < 6144));
-- rosters.level_held
SELECT c."row", min(h.level) AS held, min(c.level) AS level
FROM candidates c JOIN certificates h ON c.person_key = h.person_key AND c.occupation = h.occupation
  AND h.level <= c.level AND h.issued <= c.exam
WHERE c.person_key <> 0 AND c.level <> 0 GROUP BY c."row";
-- rosters.condition_number
SELECT "row", condition, edition, occupation, level FROM candidates WHERE condition IN (2, 3, 4);
-- rosters.condition_unmet
SELECT "row", condition_place, edition, occupation, level, judged, birth, work_from, prior_level, prior, title_grade, title,
  schooling, final_year, apprenticed, pre_technician, training_hours, route, basis
FROM candidates
WHERE condition = 5 AND (
  (edition = 18 AND (
    (level = 5 AND ((work_from <> 0 AND judged - work_from >= 384) OR apprenticed <> 0))
    OR (level = 4 AND (
      (prior_level <> 0 AND prior_level <= 5 AND prior <> 0 AND judged - prior >= 1536
        AND work_from <> 0 AND judged - work_from >= 1536)
      OR (work_from <> 0 AND judged - work_from >= 2304) OR schooling & 5 <> 0))
    OR (level = 3 AND prior_level <> 0 AND prior_level <= 4 AND (
      (prior <> 0 AND judged - prior >= 1920 AND work_from <> 0 AND judged - work_from >= 1920)
      OR schooling & 72 <> 0
      OR (prior <> 0 AND judged - prior >= 768 AND work_from <> 0 AND judged - work_from >= 768
        AND schooling & 128 <> 0 AND final_year = 0)))
    OR (level = 2 AND (
      (prior_level <> 0 AND prior_level <= 3 AND prior <> 0 AND judged - prior >= 1536
        AND work_from <> 0 AND judged - work_from >= 1536)
      OR (prior_level <> 0 AND prior_level <= 3 AND prior <> 0 AND judged - prior >= 1152
        AND work_from <> 0 AND judged - work_from >= 1152 AND schooling & 8 <> 0 AND final_year = 0)
      OR (pre_technician <> 0 AND work_from <> 0 AND judged - work_from >= 768
        AND schooling & 256 <> 0 AND final_year = 0)))
    OR (level = 1 AND prior_level <> 0 AND prior_level <= 2 AND prior <> 0 AND judged - prior >= 1536
      AND work_from <> 0 AND judged - work_from >= 1536)))
  OR (edition = 23 AND (
    (level = 5 AND birth <> 0 AND judged - birth >= 6144)
    OR (level = 4 AND (
      (work_from <> 0 AND judged - work_from >= 1920)
      OR (prior_level <> 0 AND prior_level <= 5 AND prior <> 0 AND judged - prior >= 1152
        AND work_from <> 0 AND judged - work_from >= 1152)
      OR schooling & 131 <> 0))
    OR (level = 3 AND (
      (work_from <> 0 AND judged - work_from >= 3840)
      OR (prior_level <> 0 AND prior_level <= 4 AND prior <> 0 AND judged - prior >= 1536
        AND work_from <> 0 AND judged - work_from >= 1536)
      OR (title_grade >= 1 AND title <> 0 AND judged - title >= 384 AND work_from <> 0 AND judged - work_from >= 384)
      OR schooling & 16 <> 0
      OR (prior_level <> 0 AND prior_level <= 4 AND schooling & 160 <> 0)
      OR schooling & 64 <> 0))
    OR (level = 2 AND (
      (prior_level <> 0 AND prior_level <= 3 AND prior <> 0 AND judged - prior >= 1920
        AND work_from <> 0 AND judged - work_from >= 1920)
      OR (prior_level <> 0 AND prior_level <= 3 AND prior <> 0 AND judged - prior >= 384
        AND title_grade >= 1 AND title <> 0 AND judged - title >= 1920
        AND work_from <> 0 AND judged - work_from >= 1920)
      OR (title_grade >= 2 AND title <> 0 AND judged - title >= 384 AND work_from <> 0 AND judged - work_from >= 384)
      OR (prior_level <> 0 AND prior_level <= 3 AND prior <> 0 AND judged - prior >= 768
        AND work_from <> 0 AND judged - work_from >= 768 AND schooling & 8 <> 0 AND final_year = 0)
      OR (prior_level <> 0 AND prior_level <= 3 AND prior <> 0 AND judged - prior >= 768 AND schooling & 512 <> 0)))
    OR (level = 1 AND (
      (prior_level <> 0 AND prior_level <= 2 AND prior <> 0 AND judged - prior >= 1920
        AND work_from <> 0 AND judged - work_from >= 1920)
      OR (prior_level <> 0 AND prior_level <= 2 AND prior <> 0 AND judged - prior >= 384
        AND title_grade >= 2 AND title <> 0 AND judged - title >= 1920
        AND work_from <> 0 AND judged - work_from >= 1920)
      OR (title_grade >= 3 AND title <> 0 AND judged - title >= 384
        AND work_from <> 0 AND judged - work_from >= 384))))));
-- rosters.entry_conditions
SELECT "row", edition, occupation, level, judged, birth, work_from, prior_level, prior, title_grade, title, schooling,
  final_year, apprenticed, pre_technician, training_hours, route, basis
FROM candidates
WHERE (route = 0 OR basis = 0) AND NOT (
  (edition = 18 AND (
    (level = 5 AND ((work_from <> 0 AND judged - work_from >= 384) OR apprenticed <> 0))
    OR (level = 4 AND (
      (prior_level <> 0 AND prior_level <= 5 AND prior <> 0 AND judged - prior >= 1536
        AND work_from <> 0 AND judged - work_from >= 1536)
      OR (work_from <> 0 AND judged - work_from >= 2304) OR schooling & 5 <> 0))
    OR (level = 3 AND prior_level <> 0 AND prior_level <= 4 AND (
      (prior <> 0 AND judged - prior >= 1920 AND work_from <> 0 AND judged - work_from >= 1920)
      OR schooling & 72 <> 0
      OR (prior <> 0 AND judged - prior >= 768 AND work_from <> 0 AND judged - work_from >= 768
        AND schooling & 128 <> 0 AND final_year = 0)))
    OR (level = 2 AND (
      (prior_level <> 0 AND prior_level <= 3 AND prior <> 0 AND judged - prior >= 1536
        AND work_from <> 0 AND judged - work_from >= 1536)
      OR (prior_level <> 0 AND prior_level <= 3 AND prior <> 0 AND judged - prior >= 1152
        AND work_from <> 0 AND judged - work_from >= 1152 AND schooling & 8 <> 0 AND final_year = 0)
      OR (pre_technician <> 0 AND work_from <> 0 AND judged - work_from >= 768
        AND schooling & 256 <> 0 AND final_year = 0)))
    OR (level = 1 AND prior_level <> 0 AND prior_level <= 2 AND prior <> 0 AND judged - prior >= 1536
      AND work_from <> 0 AND judged - work_from >= 1536)))
  OR (edition = 23 AND (
    (level = 5 AND birth <> 0 AND judged - birth >= 6144)
    OR (level = 4 AND (
      (work_from <> 0 AND judged - work_from >= 1920)
      OR (prior_level <> 0 AND prior_level <= 5 AND prior <> 0 AND judged - prior >= 1152
        AND work_from <> 0 AND judged - work_from >= 1152)
      OR schooling & 131 <> 0))
    OR (level = 3 AND (
      (work_from <> 0 AND judged - work_from >= 3840)
      OR (prior_level <> 0 AND prior_level <= 4 AND prior <> 0 AND judged - prior >= 1536
        AND work_from <> 0 AND judged - work_from >= 1536)
      OR (title_grade >= 1 AND title <> 0 AND judged - title >= 384 AND work_from <> 0 AND judged - work_from >= 384)
      OR schooling & 16 <> 0
      OR (prior_level <> 0 AND prior_level <= 4 AND schooling & 160 <> 0)
      OR schooling & 64 <> 0))
    OR (level = 2 AND (
      (prior_level <> 0 AND prior_level <= 3 AND prior <> 0 AND judged - prior >= 1920
        AND work_from <> 0 AND judged - work_from >= 1920)
      OR (prior_level <> 0 AND prior_level <= 3 AND prior <> 0 AND judged - prior >= 384
        AND title_grade >= 1 AND title <> 0 AND judged - title >= 1920
        AND work_from <> 0 AND judged - work_from >= 1920)
      OR (title_grade >= 2 AND title <> 0 AND judged - title >= 384 AND work_from <> 0 AND judged - work_from >= 384)
      OR (prior_level <> 0 AND prior_level <= 3 AND prior <> 0 AND judged - prior >= 768
        AND work_from <> 0 AND judged - work_from >= 768 AND schooling & 8 <> 0 AND final_year = 0)
      OR (prior_level <> 0 AND prior_level <= 3 AND prior <> 0 AND judged - prior >= 768 AND schooling & 512 <> 0)))
    OR (level = 1 AND (
      (prior_level <> 0 AND prior_level <= 2 AND prior <> 0 AND judged - prior >= 1920
        AND work_from <> 0 AND judged - work_from >= 1920)
      OR (prior_level <> 0 AND prior_level <= 2 AND prior <> 0 AND judged - prior >= 384
        AND title_grade >= 2 AND title <> 0 AND judged - title >= 1920
        AND work_from <> 0 AND judged - work_from >= 1920)
      OR (title_grade >= 3 AND title <> 0 AND judged - title >= 384
        AND work_from <> 0 AND judged - work_from >= 384))))));
-- rosters.exception_basis
SELECT "row", route FROM candidates WHERE route <> 0 AND basis = 0;
-- rosters.exception_used
SELECT "row", route FROM candidates WHERE route <> 0 AND basis <> 0;
-- rosters.photo_missing
SELECT "row" FROM candidates WHERE photo = 0;
-- rosters.photo_old
SELECT "row", photo_on, 6 AS months FROM candidates WHERE photo = 1 AND photo_on <> 0 AND applied - photo_on > 192;
