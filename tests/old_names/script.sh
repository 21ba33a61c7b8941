# Calls in the spelling of 0.1.0. The story is in ferry.txt, the library in $DATELINE_LIBRARY.
dateline timeline --format text --from 2024-05-19 --until 2024-05-31 --to csv ferry.txt
dateline timeline ferry.txt --from=2024-05-19 --to=json
dateline extract --from text --to csv ferry.txt
echo '{"id": "a", "text": "The pier at Ostrel was shut on 3 May 2024, said Mara Odell."}' | dateline add --records -
dateline quotes speaker:odell --to csv
dateline list -tag:done is:unread --sort oldest --limit 9 --to csv
dateline export --to all.jsonl
dateline feed --library "$DATELINE_LIBRARY" add --no-fetch --title Harbour http://example.org/feed
dateline feed export
dateline view --library "$DATELINE_LIBRARY" add harbour title:pier
dateline view list --to csv
dateline man > page.1
