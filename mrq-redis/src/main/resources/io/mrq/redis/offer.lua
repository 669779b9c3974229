-- Adds ids to the ready set of a queue, and wakes workers.
-- KEYS[1]  ready set of the queue
-- KEYS[2]  idle set of the same queue: worker -> Redis time in ms
-- ARGV[1]  largest size of the ready set
-- ARGV[2]  how many workers to wake, at most
-- ARGV[3]  how long an idle note counts, in ms
-- ARGV[4]  how long the ready set is kept after this offer, in ms
-- ARGV[5]  the queue, as wake-ups name it
-- ARGV[6]  what the keys of wake lists begin with
-- ARGV[7]  how many wake-ups of a worker are kept
-- ARGV[8]  how long they are kept, in ms
-- ARGV[9]… score, id, score, id … (at most 1,000 pairs, or none); scores stay strings, so no digit is lost
-- Result   how many workers were chosen, the longest waiting first; then worker, wake-up, worker,
--          wake-up … of those whose wake list is out of reach for a script here, as in a cluster
local ids = (#ARGV - 8) / 2
if ids > 0 then
  redis.call('ZADD', KEYS[1], unpack(ARGV, 9))
  redis.call('ZREMRANGEBYRANK', KEYS[1], ARGV[1], -1)
  -- If only Python's workers serve the queue, nobody takes the ids: the set must expire.
  redis.call('PEXPIRE', KEYS[1], ARGV[4])
end
local wakes = tonumber(ARGV[2])
if wakes < 1 then
  return { 0 }
end
local time = redis.call('TIME')
local oldest = time[1] * 1000 + math.floor(time[2] / 1000) - ARGV[3]
redis.call('ZREMRANGEBYSCORE', KEYS[2], '-inf', string.format('%.0f', oldest))
local popped = redis.call('ZPOPMIN', KEYS[2], wakes)
-- Where more is ready than workers are woken, they take as much as they can.
local named = ids > 0 and ids <= #popped / 2 and redis.call('ZCARD', KEYS[1]) == ids
local answer = { #popped / 2 }
for i = 1, #popped, 2 do
  local wake = ARGV[5]
  -- The id of the pair with the same number, after its score.
  if named and (i + 1) / 2 <= ids then
    wake = wake .. '\0' .. ARGV[9 + i]
  end
  local list = ARGV[6] .. '{' .. popped[i] .. '}'
  local pushed = redis.pcall('LPUSH', list, wake)
  if type(pushed) == 'number' then
    redis.call('LTRIM', list, 0, ARGV[7] - 1)
    redis.call('PEXPIRE', list, ARGV[8])
  else
    answer[#answer + 1] = popped[i]
    answer[#answer + 1] = wake
  end
end
return answer
