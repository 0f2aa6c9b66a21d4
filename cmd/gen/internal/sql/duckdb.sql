-- What all APIs share.

-- The white space of Unicode cut off at both ends.
CREATE OR REPLACE MACRO errkb_trim(t) AS
  CASE WHEN ascii(t) BETWEEN 33 AND 126 AND ascii(right(t, 1)) BETWEEN 33 AND 126 THEN t
  ELSE trim(t, chr(9) || chr(10) || chr(11) || chr(12) || chr(13) || chr(32) || chr(133) || chr(160) || chr(5760) || chr(8192) || chr(8193)
    || chr(8194) || chr(8195) || chr(8196) || chr(8197) || chr(8198) || chr(8199) || chr(8200) || chr(8201) || chr(8202)
    || chr(8232) || chr(8233) || chr(8239) || chr(8287) || chr(12288)) END;

-- A text in lower case, as far as its letters are those of ASCII or fold to them.
CREATE OR REPLACE MACRO errkb_fold(t) AS
  translate(t, 'ABCDEFGHIJKLMNOPQRSTUVWXYZ' || chr(383) || chr(8490), 'abcdefghijklmnopqrstuvwxyzsk');

-- A column of texts as such. Bytes would lose their text, and a struct the spelling of its numbers.
CREATE OR REPLACE MACRO errkb_body(b) AS
  CASE WHEN typeof(b) IN ('VARCHAR', 'JSON', '"NULL"') THEN coalesce(b::VARCHAR, '')
  ELSE error('the column body is ' || typeof(b) || '; make it a text, such as decode(body), or read it as VARCHAR or JSON') END;

-- A header as a JSON object: a text that holds one, a map or a struct. One without fields is NULL.
CREATE OR REPLACE MACRO errkb_headers(h) AS
  nullif(nullif(nullif(CASE WHEN typeof(h) IN ('VARCHAR', 'JSON', '"NULL"') THEN trim(h::VARCHAR) ELSE to_json(h)::VARCHAR END, ''), '{}'), 'null');

-- The text of a JSON string or number, given its JSON.
CREATE OR REPLACE MACRO errkb_text(v) AS
  CASE WHEN ascii(v) = 34 THEN CASE WHEN contains(v, '\') THEN json_extract_string(v, '$') ELSE v[2:-2] END
  WHEN ascii(v) BETWEEN 45 AND 57 THEN v END;

-- How often a name may stand in a JSON object, in any case: 0, 1, or 2 where it takes a look at all names.
CREATE OR REPLACE MACRO errkb_spelt(h, name) AS
  CASE WHEN h IS NULL THEN 0 WHEN contains(h, '\u') OR strlen(h) <> length(h) THEN 2 WHEN NOT contains(lower(h), '"' || name || '"') THEN 0
  WHEN strlen(replace(lower(h), '"' || name || '"', '')) = strlen(h) - strlen(name) - 2 THEN 1 ELSE 2 END;

-- The names of a JSON object that are a name in any case.
CREATE OR REPLACE MACRO errkb_spellings(h, name) AS list_filter(json_keys(h), lambda k: errkb_fold(k) = name);

-- A header field as JSON, by its name in lower case and in the usual spelling.
CREATE OR REPLACE MACRO errkb_field(h, spelt, name, usual) AS
  CASE WHEN spelt = 0 THEN NULL WHEN spelt = 1 AND contains(h, '"' || usual || '"') THEN json_extract(h, '/' || usual)::VARCHAR
  ELSE json_extract(h, '/' || replace(replace(errkb_spellings(h, name)[1], '~', '~0'), '/', '~1'))::VARCHAR END;

-- The lines of a header field, given its JSON.
CREATE OR REPLACE MACRO errkb_lines(v) AS
  CASE ascii(v) WHEN 91 THEN list_filter(json_extract_string(v, '$[*]'), lambda l: l IS NOT NULL) WHEN 110 THEN NULL ELSE [json_extract_string(v, '$')] END;

-- The first line of a header field, and all of them joined, given its JSON.
CREATE OR REPLACE MACRO errkb_first_line(v) AS
  CASE WHEN ascii(v) IN (91, 110) THEN nullif(errkb_trim(coalesce(errkb_lines(v)[1], '')), '') ELSE nullif(errkb_trim(json_extract_string(v, '$')), '') END;
CREATE OR REPLACE MACRO errkb_joined(v) AS
  CASE WHEN v IS NULL THEN '' WHEN ascii(v) = 34 THEN errkb_trim(errkb_text(v)) ELSE coalesce(errkb_trim(array_to_string(errkb_lines(v), ', ')), '') END;

-- Whether JSON is a number whose spelling is lost.
CREATE OR REPLACE MACRO errkb_respelt(v) AS
  coalesce(ascii(v) BETWEEN 45 AND 57 AND regexp_matches(v, '[.eE]'), FALSE);

-- Whether a JSON value is a number of the same value as another, as far as doubles tell.
CREATE OR REPLACE MACRO errkb_near(v, n) AS
  coalesce(ascii(v) BETWEEN 45 AND 57 AND regexp_matches(v, '[.eE]') AND coalesce(TRY_CAST(v AS DOUBLE) = n, TRUE), FALSE);

-- What is not in strings of a JSON text.
CREATE OR REPLACE MACRO errkb_outside(t) AS regexp_replace(t, '"[^"\\]*(?:\\.[^"\\]*)*"', '""', 'gs');

-- Why a text that starts as JSON does may be read differently, given its JSON or NULL if DuckDB finds none, and how DuckDB writes that.
CREATE OR REPLACE MACRO errkb_doubt(t, j, written) AS
  CASE WHEN t = written AND NOT contains(t, 'NaN') AND NOT contains(t, 'Infinity') AND strlen(t) <= 10000 THEN NULL
  WHEN strlen(t) > 10000 AND strlen(regexp_replace(errkb_outside(t), '[^\[{]', '', 'g')) > 10000 THEN 'a document nested too deep'
  WHEN j IS NULL THEN CASE WHEN regexp_matches(t, '\\u[dD][89a-fA-F]') THEN 'half a character' END
  WHEN NOT regexp_matches(t, ',[ \t\r\n]*[}\]]|[:,\[ \t\r\n]-?(?:[nN][aA]|[iI][nN])|-0') THEN NULL
  WHEN regexp_matches(errkb_outside(t), ',[ \t\r\n]*[}\]]|[:,\[ \t\r\n]-?(?:[nN][aA]|[iI][nN])') THEN 'not quite JSON'
  WHEN regexp_matches(errkb_outside(t), '-0(?:[^.eE]|$)') THEN 'a number in another spelling' END;

-- Whether a name may stand more than once in a JSON text without escapes.
CREATE OR REPLACE MACRO errkb_repeats(t, name) AS
  strlen(replace(t, '"' || name || '"', '')) < strlen(t) - strlen(name) - 2;

-- Whether a name stands more than once in a JSON object.
CREATE OR REPLACE MACRO errkb_twice(object, name) AS
  CASE WHEN ascii(object) = 123 THEN len(list_filter(json_keys(object), lambda k: k = name)) > 1 ELSE FALSE END;

-- Waits are nanoseconds: NULL where there is none, and -1 where it can't be told.
CREATE OR REPLACE MACRO errkb_longest() AS 9223372036854775807::HUGEINT;

CREATE OR REPLACE MACRO errkb_scaled(unit, factor) AS
  CASE WHEN unit * factor >= 9223372036854775807::DOUBLE THEN errkb_longest() ELSE round(unit * factor)::HUGEINT END;

-- A number of units: digits, with or without a fraction, and -1 for one with an exponent, each where it counts.
CREATE OR REPLACE MACRO errkb_number(t, unit, fractions, exponents) AS
  CASE WHEN regexp_full_match(t, '[0-9]+') THEN CASE WHEN length(ltrim(t, '0')) > 19 THEN errkb_longest() ELSE least(TRY_CAST(t AS HUGEINT) * unit, errkb_longest()) END
  WHEN fractions AND regexp_full_match(t, '[0-9]+\.[0-9]*') THEN errkb_scaled(unit::DOUBLE, TRY_CAST(rtrim(t, '.') AS DOUBLE))
  WHEN exponents AND regexp_full_match(t, '[0-9]+\.?[0-9]*[eE][+-]?[0-9]+') THEN -1 END;

-- Seconds since 1970 of a date as HTTP writes it today, and a negative number beyond all dates for what may be one in an older form.
CREATE OR REPLACE MACRO errkb_date(t) AS
  CASE WHEN regexp_full_match(t, '(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), [0-9]{2} (?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) [0-9]{4} (?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9] GMT')
    THEN floor(epoch(try_strptime(substr(t, 6), '%d %b %Y %H:%M:%S GMT')))::HUGEINT
  WHEN regexp_matches(t, '^(?i:mon|tue|wed|thu|fri|sat|sun)') THEN -1000000000000 END;

-- The wait until a number of nanoseconds since 1970, by the Date of the reply in seconds.
CREATE OR REPLACE MACRO errkb_until(moment, now) AS
  CASE WHEN moment IS NULL THEN NULL WHEN coalesce(now, -1000000000000) = -1000000000000 THEN -1
  ELSE least(greatest(moment - now * 1000000000, 0), errkb_longest()) END;

-- The unit at the end of a duration.
CREATE OR REPLACE MACRO errkb_unit(t) AS
  CASE WHEN ends_with(t, 'ms') THEN 1000000 WHEN ends_with(t, 's') THEN 1000000000 WHEN ends_with(t, 'm') THEN 60000000000 ELSE 3600000000000 END;

-- A duration such as 3.5s. One of several parts can't be told.
CREATE OR REPLACE MACRO errkb_duration(t) AS
  CASE WHEN regexp_full_match(t, '[0-9]{1,6}(?:\.[0-9]{1,9})?(?:ms|s|m|h)')
    THEN regexp_extract(t, '^[0-9]+')::HUGEINT * errkb_unit(t)
      + trunc(('0' || regexp_extract(t, '\.([0-9]*)', 1))::DOUBLE * (errkb_unit(t) / pow(10, length(regexp_extract(t, '\.([0-9]*)', 1)))))::HUGEINT
  WHEN regexp_full_match(t, '(?:[0-9]*\.?[0-9]*(?:ns|us|µs|μs|ms|s|m|h))+') THEN -1 END;

-- A delay, given what it is as a number and else as a date: a bare number, a date of a header field, or a duration, which Retry-After can't hold.
CREATE OR REPLACE MACRO errkb_delay(t, n, date, now, retry_after) AS
  CASE WHEN n > 1000000000000000000 AND NOT (retry_after AND n >= 4102444800000000000) THEN NULL
  WHEN n IS NOT NULL THEN n
  WHEN date = -1000000000000 THEN -1
  WHEN date IS NOT NULL THEN errkb_until(date * 1000000000, now)
  WHEN NOT retry_after THEN errkb_duration(t) END;

-- Nanoseconds since 1970 of a date of RFC 3339 or of HTTP, and -1 where it can't be told.
CREATE OR REPLACE MACRO errkb_instant(t) AS
  CASE WHEN regexp_full_match(t, '[0-9]{4}-[0-9]{2}-[0-9]{2}T(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](?:\.[0-9]{1,6})?(?:Z|[+-](?:0[0-9]|1[0-4]):[0-5][0-9])')
    THEN epoch_us(TRY_CAST(t AS TIMESTAMPTZ))::HUGEINT * 1000
  WHEN regexp_matches(t, '^[0-9]{4}-[0-9]{2}-[0-9]{2}T') OR errkb_date(t) = -1000000000000 THEN -1
  ELSE errkb_date(t) * 1000000000 END;

-- The delay until a point in time. One over a hundred years ahead is in another unit.
CREATE OR REPLACE MACRO errkb_delay_until(moment, now) AS
  CASE WHEN moment = -1 THEN -1 WHEN errkb_until(moment, now) <= 3153600000000000000 THEN errkb_until(moment, now) END;

-- The longest t of the items of a RateLimit field whose r is 0.
CREATE OR REPLACE MACRO errkb_ratelimit(t) AS
  CASE WHEN t IS NULL THEN NULL
  WHEN contains(regexp_replace(t, '"[^",;\\]*"', '', 'g'), '"') OR strlen(t) <> length(t) OR regexp_matches(t, ';\s*r=[^,]*;\s*r=|;\s*t=[^,]*;\s*t=') THEN -1
  ELSE list_max(list_filter(list_transform(list_filter(string_split(t, ','), lambda i: regexp_full_match(regexp_extract(i, ';\s*r=([^;]*?)\s*(?:;|$)', 1), '0+')),
    lambda i: errkb_number(regexp_extract(i, ';\s*t=([^;]*?)\s*(?:;|$)', 1), 1000000000, FALSE, FALSE)), lambda w: w <= 1000000000000000000)) END;

-- Nanoseconds in milliseconds, to the nearest.
CREATE OR REPLACE MACRO errkb_ms(ns) AS CASE WHEN ns IS NOT NULL THEN least((ns + 500000) // 1000000, 9223372036854)::BIGINT END;
