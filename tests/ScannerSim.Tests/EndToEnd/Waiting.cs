// Most of these tests wait for programs and for the time of a demo to pass: four at a time keep two cores busy.
[assembly: Xunit.v3.Parallelization(MaxThreads = 4)]
