-- Tells which ids are not ready (protocol §3).
-- KEYS[1] ready set
-- ARGV ids, at most 1000
-- Result: the size of the ready set as text, then the absent ids
local scores = redis.call('ZMSCORE', KEYS[1], unpack(ARGV))
local answer = { tostring(redis.call('ZCARD', KEYS[1])) }
for i = 1, #ARGV do
  if not scores[i] then
    answer[#answer + 1] = ARGV[i]
  end
end
return answer
