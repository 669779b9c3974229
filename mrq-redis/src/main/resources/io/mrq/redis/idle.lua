-- Notes that a worker waits for jobs of a queue.
-- KEYS[1]  idle set of the queue: worker -> Redis time in ms
-- ARGV[1]  worker
-- ARGV[2]  how long the idle note counts, in ms
-- Result   1 if the worker had no idle note before, else 0
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', string.format('%.0f', now - ARGV[2]))
local added = redis.call('ZADD', KEYS[1], string.format('%.0f', now), ARGV[1])
-- After this time no note counts, so the set is not needed either.
redis.call('PEXPIRE', KEYS[1], ARGV[2])
return added
