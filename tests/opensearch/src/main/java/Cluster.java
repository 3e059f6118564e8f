import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import org.codelibs.opensearch.runner.OpenSearchRunner;

/**
 * A cluster of three nodes in this process, on loopback ports.
 *
 * <p>Arguments: an empty folder for its files, and the first of 21 ports: three for HTTP, from the
 * tenth on three between the nodes, and the last for orders. When the nodes are there, it accepts
 * connections there; each brings one order, a line, and gets a line back: {@code stop N} and {@code start N} end and
 * begin node N (1 to 3). When the standard input ends, everything ends: so a cluster never outlives
 * what began it.
 */
public final class Cluster {
  private static final int NODES = 3;

  public static void main(String[] args) throws Exception {
    String folder = args[0];
    int port = Integer.parseInt(args[1]);
    OpenSearchRunner runner = new OpenSearchRunner();
    runner.setMaxHttpPort(port + 9);
    runner.onBuild(
        (number, settings) -> {
          List<String> seeds = new ArrayList<>();
          for (int node = 0; node < NODES; node++) {
            seeds.add("127.0.0.1:" + (port + 10 + node));
          }
          settings.put("http.port", port + number - 1);
          settings.put("transport.port", port + 10 + number - 1);
          settings.put("network.host", "127.0.0.1");
          settings.putList("discovery.seed_hosts", seeds);
          settings.putList("cluster.initial_cluster_manager_nodes", "Node 1");
          // A disk that others fill must not turn the tests red.
          settings.put("cluster.routing.allocation.disk.threshold_enabled", false);
          settings.put("cluster.routing.allocation.node_concurrent_recoveries", 20);
          // A node that is gone is to be missed soon.
          for (String check : List.of("leader_check", "follower_check")) {
            settings.put("cluster.fault_detection." + check + ".interval", "200ms");
            settings.put("cluster.fault_detection." + check + ".timeout", "2s");
            settings.put("cluster.fault_detection." + check + ".retry_count", 2);
          }
        });
    runner.build(
        OpenSearchRunner.newConfigs()
            .basePath(folder)
            .clusterName("fundstelle-tests")
            .numOfNode(NODES)
            .baseHttpPort(port));
    endWithInput();
    InetAddress loopback = InetAddress.getByName("127.0.0.1");
    try (ServerSocket orders = new ServerSocket(port + 20, 8, loopback)) {
      while (true) {
        try (Socket socket = orders.accept()) {
          BufferedReader in = new BufferedReader(new InputStreamReader(socket.getInputStream()));
          new PrintStream(socket.getOutputStream(), true).println(obey(runner, in.readLine()));
        } catch (IOException error) {
          // Who asked went away.
        }
      }
    }
  }

  private static String obey(OpenSearchRunner runner, String order) {
    try {
      String[] words = order.split(" ");
      int node = Integer.parseInt(words[1]) - 1;
      switch (words[0]) {
        case "stop":
          runner.getNode(node).close();
          return "stopped";
        case "start":
          return runner.startNode(node) ? "started" : "was there";
        default:
          return "unknown order";
      }
    } catch (Exception error) {
      return "failed: " + error;
    }
  }

  /** Ends everything, without a tidy-up that may hang, when nobody holds our input any more. */
  private static void endWithInput() {
    Thread thread =
        new Thread(
            () -> {
              try {
                while (System.in.read() >= 0) {}
              } catch (IOException error) {
                // The same as its end.
              }
              Runtime.getRuntime().halt(0);
            });
    thread.setDaemon(true);
    thread.start();
  }
}
