-- random_tasks_spec.lua - some hundred random programs of tasks (random_tasks.lua); `make proof` runs 10,000, the GC storm
-- these.
local async = require "async"
local helper = require "spec.helper"
local random_tasks = require "spec.random_tasks"

describe("Random programs of tasks", function()
  it("lose no wake-up, get none twice, and do the same every time", function()
    helper.run(function()
      async.spawn(function()
        for seed = 1, helper.sanitized and 100 or 300 do random_tasks(seed) end
      end)
    end)
  end)
end)
