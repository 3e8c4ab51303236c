-- Every query of the ledger, each under its name.

-- name: head
-- The last line, which the next one is bound to.
SELECT seq, hash FROM entry ORDER BY seq DESC LIMIT 1;

-- name: known
-- Of a JSON list of exchange ids, those that already have a line.
SELECT exchange FROM entry WHERE exchange IN (SELECT value FROM json_each(?));

-- name: append_entries
-- New lines; the row of placeholders is repeated, so that a batch is one call (see `_many`).
INSERT INTO entry (seq, kind, exchange, received_at, key_id, gwp_g, cost_eur, record, hash)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?);

-- name: append_texts
-- The texts of new lines; repeated likewise.
INSERT INTO texts (seq, ask_salt, ask, reply_salt, reply)
VALUES (?, ?, ?, ?, ?);

-- name: spent
-- Per key since a moment: highest plausible gCO2eq and EUR. What is not known adds nothing.
SELECT key_id, coalesce(sum(gwp_g), 0.0), coalesce(sum(cost_eur), 0.0)
FROM entry WHERE kind = 'exchange' AND received_at >= ? GROUP BY key_id;

-- name: first
-- When the earliest exchange was received.
SELECT received_at FROM entry WHERE kind = 'exchange' ORDER BY received_at LIMIT 1;

-- name: span
-- The first and last line of the exchanges received between two moments.
SELECT min(seq), max(seq) FROM entry
WHERE kind = 'exchange' AND received_at >= ? AND received_at < ?;

-- name: exchanges
-- A page of them, in order. The plus keeps SQLite on the table's own order.
SELECT seq, record FROM entry
WHERE seq > ? AND seq <= ? AND kind = 'exchange' AND +received_at >= ? AND +received_at < ?
ORDER BY seq LIMIT ?;

-- name: period
-- A page of the exchanges and measurements received between two moments, up to a line, in order.
SELECT seq, record FROM entry
WHERE seq > ? AND seq <= ? AND kind IN ('exchange', 'energy')
    AND +received_at >= ? AND +received_at < ?
ORDER BY seq LIMIT ?;

-- name: energy
-- What was measured between two moments. It is written apart from exchanges, so few lines.
SELECT record FROM entry
WHERE kind = 'energy' AND received_at >= ? AND received_at < ? ORDER BY seq;

-- name: of
-- The exchanges of a JSON list of ids.
SELECT exchange, record FROM entry
WHERE kind = 'exchange' AND exchange IN (SELECT value FROM json_each(?));

-- name: tail
-- The last lines, newest first.
SELECT seq, record, hash FROM entry ORDER BY seq DESC LIMIT ?;

-- name: get
-- One exchange's line with the texts that are left.
SELECT e.seq, e.record, e.hash, t.ask, t.reply
FROM entry e LEFT JOIN texts t USING (seq) WHERE e.exchange = ?;

-- name: chain
-- The whole chain in order, with the columns and texts that are checked against it.
SELECT e.seq, e.record, e.hash, e.kind, e.exchange, e.received_at, e.key_id, e.gwp_g, e.cost_eur,
       t.ask_salt, t.ask, t.reply_salt, t.reply
FROM entry e LEFT JOIN texts t USING (seq) ORDER BY e.seq;

-- name: erasures
-- The erasures in the chain.
SELECT seq, record FROM entry WHERE kind = 'erasure' ORDER BY seq;

-- name: erase_one
-- The texts and salts of one exchange.
DELETE FROM texts WHERE seq = (SELECT seq FROM entry WHERE exchange = ?);

-- name: erase_before
-- The texts and salts of every exchange received before a moment.
DELETE FROM texts WHERE seq IN
    (SELECT seq FROM entry WHERE kind = 'exchange' AND received_at < ?);
