"""Compares the rows of the partitions with those of one table."""

import duckdb

for table in ["articles", "quotes", "entities", "mentions", "times", "events", "figures"]:
    whole = duckdb.sql(f"select * from 'whole/{table}.parquet' order by all").fetchall()
    assert whole, table
    for by, column in [("day", "day"), ("file", "source")]:
        rows = duckdb.sql(f"select * exclude ({column}) from read_parquet('{by}/{table}/*/*.parquet', hive_partitioning=true) "
                          "order by all").fetchall()
        assert rows == whole, (table, by)
days = duckdb.sql("select day, count(*) from read_parquet('day/articles/*/*.parquet', hive_partitioning=true) group by 1 "
                  "order by 1 nulls last").fetchall()
assert [(str(day), count) for day, count in days] == [("2024-05-06", 14), ("2024-05-17", 14), ("2024-05-18", 13), ("None", 1)], days
