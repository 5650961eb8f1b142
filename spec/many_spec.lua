-- many_spec.lua - as many connections at once as the descriptors allow, 9,900 where 20,000 are: opened, echoed, held,
-- closed, twice over; nothing is left behind. The work is done by spec/proof/connections.lua, in a process of its own.
local helper = require "spec.helper"

describe("Many connections", function()
  it("are held at once, and leave memory, descriptors, handles and registry as before", function()
    local limit = tonumber(helper.shell("ulimit -Hn").out) or 1048576 -- or "unlimited"
    local count = math.min(helper.sanitized and 1500 or 9900, (limit - 100) // 2)
    if count < 1000 then return pending(("no more than %d descriptors may be open"):format(limit)) end
    local result = helper.shell(('exec timeout -k 1 100 "$M" spec/proof/connections.lua %d 2'):format(count))
    assert.equal(0, result.code, result.out .. result.err)
    assert.truthy(result.out:find "nothing left behind\n$", result.out)
    local _, rounds = result.out:gsub(("%d connections in "):format(count), "")
    assert.equal(2, rounds)
  end)

  it("come and go, ended in every way, and leave nothing behind either", function()
    local result = helper.shell 'exec timeout -k 1 60 "$M" spec/proof/churn.lua 6000'
    assert.equal(0, result.code, result.out .. result.err)
    assert.truthy(result.out:find "nothing left behind\n$", result.out)
  end)

  it("need more descriptors than a shell gives: the executable raises its own limit", function()
    local result = helper.shell('ulimit -Sn 50 && exec "$M" -e \'print(io.popen "ulimit -n":read "a")\'')
    assert.equal(helper.shell("ulimit -Hn").out, result.out:match "^[^\n]*\n", result.err)
  end)
end)
