-- storm_spec.lua - some specs once more in a GC storm: all garbage is collected every 500 VM instructions, in every
-- coroutine. What C forgot to anchor does not survive it. `make proof` does it with all specs.

local sanitized = (os.getenv "sanitized" or "") ~= ""
local specs = { "lifetime_spec", "server_spec", "write_spec", "async_spec", "dgram_spec", "random_tasks_spec",
  "file_stream_spec", "script_stream_spec", "stdio_spec",
  not sanitized and "emitter_spec" or nil }

describe("A GC storm", function()
  it("changes no result of " .. table.concat(specs, ", "), function()
    if not os.execute "command -v ${CC:-cc} >/dev/null && pkg-config --exists lua5.4" then
      return pending "no C compiler is there"
    end
    local pipe = assert(io.popen("TIMEOUT=100 spec/proof/specs storm " .. table.concat(specs, " ") .. " 2>&1"))
    local text = pipe:read "a"
    assert.truthy(pipe:close(), text)
    local passed, failed, collections = text:match "(%d+) passed, (%d+) failed[^\n]*\n(%d+) collections"
    assert.equal("0", failed, text)
    assert.truthy(tonumber(passed) > 30 and tonumber(collections) > 1000, text)
  end)
end)
