import type { DuckDb } from '../store/duckDb.ts';
import { houseSql, wordsSql } from './blocking.ts';
import { FAR_KM } from './stageListed.ts';

/**
 * Makes keys and records anew from the active snapshots: one record for each CCN (units and swing beds belong to their
 * hospital) with all NPIs listed beside it, and one for each NPI without a CCN. An NPI that lists name with several CCNs
 * belongs to the one of the newest source. Per field the newest source that says anything wins.
 */
export async function rebuildRecords(tx: DuckDb): Promise<void> {
  // A weekly file takes an NPI away that an older source still lists; a facility lives on by its CCN.
  await tx.run(`CREATE OR REPLACE TEMP TABLE ended AS SELECT g.npi, max(s.number) AS number
    FROM gone g JOIN snapshots s ON s.id = g.snapshot_id AND s.active GROUP BY g.npi`);
  // Newest source first, in it the hospital before its units, then the row whose coordinates agree best with its ZIP (lists name
  // other sites of a hospital with its CCN), then the earlier row.
  await tx.run(`CREATE OR REPLACE TEMP VIEW live AS SELECT l.*,
      s.number::BIGINT * 1099511627776 + CASE WHEN l.ccn IS NULL OR l.ccn = l.hospital_ccn THEN 549755813888 ELSE 0 END
        - least(1000, CASE WHEN l.zip IS NULL THEN 1000 ELSE coalesce(l.zip_km, 0) END)::BIGINT * 67108864 - l.row AS rank
    FROM listed l JOIN snapshots s ON s.id = l.snapshot_id AND s.active LEFT JOIN ended e ON e.npi = l.npi
    WHERE e.number IS NULL OR e.number < s.number OR l.ccn IS NOT NULL`);
  await tx.run(`CREATE OR REPLACE TEMP TABLE home AS SELECT npi, arg_max(hospital_ccn, rank) AS record FROM live
    WHERE npi IS NOT NULL AND hospital_ccn IS NOT NULL AND NOT is_person GROUP BY npi`);
  await tx.run(`CREATE OR REPLACE TEMP VIEW placed AS SELECT coalesce(live.hospital_ccn, home.record, live.npi) AS record, live.*
    FROM live LEFT JOIN home ON home.npi = live.npi`);
  await tx.run(`DELETE FROM keys; DELETE FROM records`);
  // A key says one record: a CCN its hospital's, an NPI its home's; a CCN is never ten digits.
  await tx.run(`INSERT INTO keys SELECT key, record FROM (
      SELECT ccn AS key, hospital_ccn AS record FROM placed WHERE ccn IS NOT NULL
      UNION SELECT hospital_ccn, hospital_ccn FROM placed WHERE hospital_ccn IS NOT NULL
      UNION SELECT p.npi, coalesce(h.record, p.npi) FROM placed p LEFT JOIN home h ON h.npi = p.npi WHERE p.npi IS NOT NULL)
    ORDER BY key`);
  await tx.run(`CREATE OR REPLACE TEMP TABLE several AS SELECT record FROM placed GROUP BY record HAVING count(*) > 1`);
  await tx.run(`INSERT INTO records SELECT m.*, ${wordsSql('m.name')}, ${houseSql('m.address')}, upper(concat_ws(' ', m.name, m.city, m.state, m.zip)) FROM (SELECT m.* REPLACE (
      CASE WHEN m.lat IS NULL THEN z.lat ELSE m.lat END AS lat, CASE WHEN m.lat IS NULL THEN z.lon ELSE m.lon END AS lon,
      CASE WHEN m.lat IS NOT NULL THEN 'source' WHEN z.lat IS NOT NULL THEN 'zipPoint' ELSE 'unknown' END AS coordinates)
    FROM (${single()} UNION ALL ${merged()}) m LEFT JOIN zip_points z ON z.zip = m.zip) m ORDER BY m.record`);
  await tx.run('UPDATE revision SET number = number + 1');
}

const isNear = (row: string) => `${row}.lat IS NOT NULL AND coalesce(${row}.zip_km, 0) <= ${FAR_KM}`;

/** Most records stand in one row only: they need no sorting out. */
const single = () => `SELECT p.record, npi, ccn, is_person, name, kind, address, city, state, zip,
    CASE WHEN ${isNear('p')} THEN lat END AS lat, CASE WHEN ${isNear('p')} THEN lon END AS lon, '' AS coordinates,
    phone, ownership, emergency, beds, 1 AS sources
  FROM placed p ANTI JOIN several ON several.record = p.record`;

/** An address is taken whole; coordinates count where their row has the record's ZIP. arg_max passes over what is null. */
const merged = () => `SELECT record, npi, ccn, is_person, name, kind, spot.address, spot.city, spot.state, spot.zip,
    (list_filter(points, lambda x: x.zip IS NOT DISTINCT FROM spot.zip)[1]).lat AS lat, (list_filter(points, lambda x: x.zip IS NOT DISTINCT FROM spot.zip)[1]).lon AS lon, '' AS coordinates,
    phone, ownership, emergency, beds, sources
  FROM (SELECT p.record, arg_max(npi, rank) AS npi, arg_max(hospital_ccn, rank) AS ccn, bool_or(is_person) AS is_person, arg_max(name, rank) AS name,
      coalesce(arg_max(kind, rank) FILTER (WHERE kind <> 'other'), 'other') AS kind,
      coalesce(arg_max({'address': address, 'city': city, 'state': state, 'zip': zip}, rank) FILTER (WHERE zip IS NOT NULL),
        arg_max({'address': address, 'city': city, 'state': state, 'zip': zip}, rank)) AS spot,
      list({'zip': zip, 'lat': lat, 'lon': lon} ORDER BY rank DESC) FILTER (WHERE ${isNear('p')}) AS points,
      arg_max(phone, rank) AS phone, arg_max(ownership, rank) AS ownership, arg_max(emergency, rank) AS emergency, arg_max(beds, rank) AS beds,
      count(DISTINCT snapshot_id)::INTEGER AS sources
    FROM placed p SEMI JOIN several ON several.record = p.record GROUP BY p.record)`;
