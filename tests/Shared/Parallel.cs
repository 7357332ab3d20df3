// Many tests wait, for programs, browsers and servers: four at a time keep two cores busy.
[assembly: Xunit.v3.Parallelization(MaxThreads = 4)]
