"""Compares the tables with the lines of JSON: every row and value, read by DuckDB and by Polars."""

import datetime
import json

import duckdb
import polars

lines = [json.loads(line) for line in open("lines.jsonl", encoding="utf-8")]
articles = polars.read_parquet("tables/articles.parquet").to_dicts()
assert [(row["file"], str(row["id"])) for row in articles] == [(line["file"], str(line["id"])) for line in lines]
assert len({row["article"] for row in articles}) == 42
assert [row["text"] for row in articles] == [line.get("text") for line in lines]
assert [row["error"] for row in articles] == [line.get("error") for line in lines]
assert {row["outlet"] for row in articles} == {"vale.example", "ostrel.example", None}
assert articles[0]["published"] == datetime.date(2024, 5, 17) and articles[0]["published_at"] is None
assert articles[1]["published_at"] == datetime.datetime(2024, 5, 18, 8, 30, tzinfo=datetime.timezone.utc)
assert articles[0]["byline"] == [] and articles[40]["byline"] is None


def value(item, path):
    for name in path.split("."):
        item = None if item is None else item.get(name)
    return str(item) if path in ("begin", "end_date") and item else item


# For each table: the list of the lines, and columns whose values are in another field.
OTHERS = {"speaker": "speaker.name", "role": "speaker.role", "entity": "speaker.entity", "mention": "speaker.text",
          "mention_start": "speaker.start", "mention_end": "speaker.end", "cue": "cue.text", "cue_start": "cue.start",
          "cue_end": "cue.end"}
for table, own in [("quotes", OTHERS), ("entities", {"entity": "id"}), ("times", {}), ("events", {}), ("figures", {})]:
    rows = polars.read_parquet(f"tables/{table}.parquet").to_dicts()
    items = [(article["article"], index, item) for article, line in zip(articles, lines)
             for index, item in enumerate(line.get(table, []))]
    assert len(rows) == len(items) > 0, table
    index_column = table.removesuffix("s") if table != "entities" else "entity"
    for row, (article, index, item) in zip(rows, items):
        assert row.pop("article") == article and row[index_column] == index, table
        for column, found in row.items():
            if column == index_column:
                continue
            expected = value(item, own.get(column, column))
            if (table, column) == ("entities", "mentions"):
                expected = len(item["mentions"])
            if column == "folded":
                expected = bool(expected)
            found = str(found) if isinstance(found, datetime.date) else found
            assert found == expected, (table, column, found, expected)

mentions = duckdb.sql("select a.id, a.text[m.start + 1 : m.\"end\"], e.name, m.kind from 'tables/mentions.parquet' m "
                      "join 'tables/entities.parquet' e using (article, entity) join 'tables/articles.parquet' a using (article) "
                      "order by all").fetchall()
expected = sorted((line["id"], line["text"][mention["start"]:mention["end"]], entity["name"], mention["kind"])
                  for line in lines for entity in line.get("entities", []) for mention in entity["mentions"])
assert mentions == expected and mentions
types = dict(duckdb.sql("select column_name, column_type from (describe select * from 'tables/articles.parquet')").fetchall())
assert types["published"] == "DATE" and types["published_at"] == "TIMESTAMP WITH TIME ZONE" and types["byline"] == "VARCHAR[]"
said = duckdb.sql("select speaker, count(*) from 'tables/quotes.parquet' group by 1").fetchall()
assert said == [("Mara Odell", 41)], said
