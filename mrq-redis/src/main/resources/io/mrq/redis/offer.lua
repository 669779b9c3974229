-- Adds ready ids to a queue and picks waiting workers to wake (protocol §3).
-- KEYS[1] ready set, KEYS[2] idle set; both of one queue, so of one cluster slot
-- ARGV[1] largest size of the ready set, ARGV[2] how many workers to wake, then pairs of score and id
-- Result: the ids of the workers to wake
for i = 3, #ARGV, 2 do
  redis.call('ZADD', KEYS[1], ARGV[i], ARGV[i + 1])
end
local surplus = redis.call('ZCARD', KEYS[1]) - tonumber(ARGV[1])
if surplus > 0 then
  redis.call('ZREMRANGEBYRANK', KEYS[1], -surplus, -1)
end
local woken = {}
local wakes = tonumber(ARGV[2])
if wakes > 0 then
  local now = tonumber(redis.call('TIME')[1])
  redis.call('ZREMRANGEBYSCORE', KEYS[2], '-inf', '(' .. (now - 10))
  local popped = redis.call('ZPOPMIN', KEYS[2], wakes)
  for i = 1, #popped, 2 do
    woken[#woken + 1] = popped[i]
  end
end
return woken
