-- Tells which ids are not in a ready set, and how large the set is.
-- KEYS[1]  ready set of the queue
-- ARGV     ids (at most 1,000, or none)
-- Result   size of the ready set, then the absent ids
local answer = { redis.call('ZCARD', KEYS[1]) }
if #ARGV > 0 then
  local scores = redis.call('ZMSCORE', KEYS[1], unpack(ARGV))
  for i = 1, #ARGV do
    if not scores[i] then
      answer[#answer + 1] = ARGV[i]
    end
  end
end
return answer
