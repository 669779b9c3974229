-- Adds ids to the ready set of a queue, and chooses workers to wake.
-- KEYS[1]  ready set of the queue
-- KEYS[2]  idle set of the same queue: worker -> Redis time in ms
-- ARGV[1]  largest size of the ready set
-- ARGV[2]  how many workers to wake, at most
-- ARGV[3]  how long an idle note counts, in ms
-- ARGV[4]  how long the ready set is kept after this offer, in ms
-- ARGV[5]… score, id, score, id … (at most 1,000 pairs, or none); scores stay strings, so no digit is lost
-- Result   workers to wake, the longest waiting first; their idle notes are removed
if #ARGV > 4 then
  redis.call('ZADD', KEYS[1], unpack(ARGV, 5))
  redis.call('ZREMRANGEBYRANK', KEYS[1], ARGV[1], -1)
  -- If only Python's workers serve the queue, nobody takes the ids: the set must expire.
  redis.call('PEXPIRE', KEYS[1], ARGV[4])
end
local wakes = tonumber(ARGV[2])
if wakes < 1 then
  return {}
end
local time = redis.call('TIME')
local oldest = time[1] * 1000 + math.floor(time[2] / 1000) - ARGV[3]
redis.call('ZREMRANGEBYSCORE', KEYS[2], '-inf', string.format('%.0f', oldest))
local popped = redis.call('ZPOPMIN', KEYS[2], wakes)
local workers = {}
for i = 1, #popped, 2 do
  workers[#workers + 1] = popped[i]
end
return workers
