-- Notes that a worker waits for a queue (protocol §3).
-- KEYS[1] idle set
-- ARGV[1] the worker
-- Result: nothing of use
local now = tonumber(redis.call('TIME')[1])
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', '(' .. (now - 10))
redis.call('PEXPIRE', KEYS[1], 60000)
return redis.call('ZADD', KEYS[1], now, ARGV[1])
