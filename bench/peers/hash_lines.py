"""Hashes N lines as long as those that a ticket is made of, each on its own, at the speed of hashlib's C."""
import hashlib
import json
import sys
import time

for question in sys.stdin:
    count = int(question)
    prefix = b"0" * 64 + b"\nentity\n"
    lines = [b"%018d" % at for at in range(count)]
    began = time.perf_counter()
    digests = [hashlib.sha256(prefix + line).hexdigest() for line in lines]
    print(json.dumps({"seconds": time.perf_counter() - began, "lines": len(digests)}), flush=True)
