package org.espace.bench;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/** What a piece of work took: processor time of all its threads, and time on the wall, in seconds. */
record Spent(double cpu, double wall) {

    private static final OperatingSystemMXBean SYSTEM =
            ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

    @FunctionalInterface
    interface Work {
        void run() throws Exception;
    }

    /** In this process, native threads included. */
    static Spent on(Work work) throws Exception {
        var cpu = SYSTEM.getProcessCpuTime();
        var wall = System.nanoTime();
        work.run();
        return new Spent((SYSTEM.getProcessCpuTime() - cpu) / 1e9, (System.nanoTime() - wall) / 1e9);
    }
}
