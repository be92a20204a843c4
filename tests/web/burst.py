"""Ask a server as fast as it answers, over 16 connections, for a time. Usage: burst.py PORT SECONDS
Prints how many requests were made and how many were not answered as they should."""

import http.client
import sys
import threading
import time

port, seconds = int(sys.argv[1]), float(sys.argv[2])
PATHS = ["/", "/recherche?q=eau", "/recherche?q=l%27ecole&annee=2019", "/recherche?q=budget&page=2", "/seances", "/aide",
         "/recherche.json?q=eau", "/suggestions?q=vo", "/recherche.atom?q=voirie", "/acte/none"]
end = time.monotonic() + seconds
made = [0] * 16
failed = [0] * 16


def ask(number):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    turn = number
    while time.monotonic() < end:
        path = PATHS[turn % len(PATHS)]
        turn += 1
        try:
            connection.request("GET", path)
            answer = connection.getresponse()
            answer.read()
            right = answer.status == (404 if path == "/acte/none" else 200)
        except OSError:
            right = False
            connection.close()
        made[number] += 1
        failed[number] += not right


threads = [threading.Thread(target=ask, args=(number,)) for number in range(16)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print(sum(made), sum(failed))
