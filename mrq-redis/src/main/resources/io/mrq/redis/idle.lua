-- Notes that a worker waits for a queue (protocol §3).
-- KEYS[1]  idle set of the queue: worker -> Redis time in ms
-- ARGV[1]  the worker
-- ARGV[2]  how long the note counts, in ms
-- Result   1 when the worker was not noted before, else 0
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', string.format('%.0f', now - ARGV[2]))
local added = redis.call('ZADD', KEYS[1], string.format('%.0f', now), ARGV[1])
-- No note outlives its time, so neither need the set.
redis.call('PEXPIRE', KEYS[1], ARGV[2])
return added
