"""Draws without freezing: peers.py hashlib|consistent_sampler URL SEED SAMPLES.json OUT.csv

Codes come by COPY TO STDOUT through psycopg, a stratum at a time.
"""

import hashlib
import heapq
import json
import sys

import psycopg


def codes_of(connection, stratum):
    query = (
        "copy (select credit_code from entities where draw_class = '%s' "
        "and status = 'active' and ended_at is null) to stdout" % stratum
    )
    with connection.cursor() as cursor, cursor.copy(query) as copy:
        return b"".join(copy).split()


def by_hashlib(codes, seed, sample):
    sha256 = hashlib.sha256
    prefix = (seed + "\nentity\n").encode()
    return heapq.nsmallest(sample, ((sha256(prefix + code).hexdigest(), code.decode()) for code in codes))


def by_consistent_sampler(codes, seed, sample):
    from consistent_sampler import sampler

    ids = [code.decode() for code in codes]
    return [(one.ticket_number, one.id) for one in sampler(ids, seed=seed, take=sample, output="ticket")]


def main(peer, url, seed, samples, out):
    draw = {"hashlib": by_hashlib, "consistent_sampler": by_consistent_sampler}[peer]
    with psycopg.connect(url) as connection, open(out, "w") as file:
        file.write("item,stratum,rank,code,ticket\n")
        for stratum, sample in sorted(json.loads(samples).items()):
            drawn = draw(codes_of(connection, stratum), seed, sample)
            for rank, (ticket, code) in enumerate(drawn, 1):
                file.write(f"*,{stratum},{rank},{code},{ticket}\n")


main(*sys.argv[1:])
