-- embed_spec.lua - examples/embed/: hosts in C with a loop of their own, as a user of libmoonport would write them.
-- The corner cases of embedding are in spec/embed_test.c.

local build = os.getenv "BUILD" or "build"

local function run_host(name)
  local pipe = assert(io.popen(("timeout -k 1 20 '%s/examples/%s' 2>&1"):format(build, name)))
  local text = pipe:read "a"
  local _, how, code = pipe:close()
  return text, how .. " " .. code
end

describe("A C host", function()
  local text, status

  setup(function() text, status = run_host "host" end)

  it("ends well", function()
    assert.equal("exit 0", status, text)
  end)

  it("has its script served on its own loop, beside its own timer", function()
    assert.truthy(text:find("\nscript: HELLO\n", 1, true), text)
    assert.truthy(text:find("\nhost: the timer beat all the while,", 1, true), text)
  end)

  it("is told of an error that nobody caught: what, where, on which object, made where", function()
    local lines = {}
    for line in text:gmatch "[^\n]+" do lines[#lines + 1] = line end
    assert.equal("error: hello.lua:4: the script has a bug", lines[1])
    assert.equal("stack traceback:", lines[2])
    assert.truthy(text:find "\n\t%[listener of 'data' on net%.Socket 127%.0%.0%.1:%d+, created at hello%.lua:8%]\n", text)
  end)

  it("goes on after it, and leaves nothing behind", function()
    local first, second = text:find("error:", 1, true), text:find("script: HELLO", 1, true)
    assert.truthy(first and second and first < second, text)
    assert.equal("host: closed, nothing left", text:match "([^\n]*)\n$")
  end)
end)
