package dev.upstream;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import dev.upstream.diagnosis.Check;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** The house rules of the code: who may know whom, and what the core never touches. */
@AnalyzeClasses(packages = "dev.upstream", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  private static final String ROOT = "dev.upstream";
  private static final String[] CORE = {
    "dev.upstream.target..",
    "dev.upstream.snapshot..",
    "dev.upstream.path..",
    "dev.upstream.diagnosis..",
    "dev.upstream.policy.."
  };
  private static final String[] JAVA = {"java..", "org.jspecify.annotations.."};

  /** What everybody may use besides the core. */
  private static final String[] SHARED = {
    "dev.upstream.answer..", "dev.upstream.conversation..", "dev.upstream.report.."
  };

  /** Classes that make an answer depend on when and where it is given. */
  private static final String OUTSIDE =
      "java\\.time\\.(Clock|InstantSource)"
          + "|java\\.util\\.(Random|SplittableRandom|Timer|Scanner)"
          + "|java\\.util\\.(random|concurrent)\\..*"
          + "|java\\.lang\\.(Thread|ThreadLocal|Process|ProcessBuilder|Runtime)(\\$.*)?"
          + "|java\\.security\\.SecureRandom"
          + "|java\\.io\\.(?!Serializable).*"
          + "|java\\.nio\\.(file|channels)\\..*"
          + "|java\\.net\\.(http\\..*|Socket|ServerSocket|URLConnection|DatagramSocket)";

  private static final List<String> RIMS =
      List.of("cluster", "bundle", "store", "slack", "workspace", "cli", "config", "report");

  @ArchTest
  static final ArchRule coreKnowsOnlyJavaAndItself =
      classes()
          .that()
          .resideInAnyPackage(CORE)
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(join(CORE, JAVA));

  @ArchTest
  static final ArchRule answerKnowsOnlyTheCore =
      classes()
          .that()
          .resideInAPackage("dev.upstream.answer..")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(join(CORE, JAVA, new String[] {"dev.upstream.answer.."}));

  @ArchTest
  static final ArchRule conversationKnowsOnlyTheCoreAndItsQuestions =
      classes()
          .that()
          .resideInAPackage("dev.upstream.conversation..")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              join(
                  CORE,
                  JAVA,
                  new String[] {"dev.upstream.answer..", "dev.upstream.conversation.."}));

  @ArchTest
  static final ArchRule coreHasNoClockChanceOrThreads =
      noClasses()
          .that()
          .resideInAnyPackage(join(CORE, new String[] {"dev.upstream.conversation.."}))
          .should()
          .dependOnClassesThat(
              DescribedPredicate.describe(
                  "are clocks, chance, threads, input or output",
                  c -> c.getName().matches(OUTSIDE)))
          .orShould()
          .callMethodWhere(
              call("java.time.*", "now")
                  .or(call("java.lang.System", "currentTimeMillis|nanoTime|getenv|getProperty"))
                  .or(call("java.lang.Math", "random"))
                  .or(call("java.util.UUID", "randomUUID"))
                  .or(call("java.util.*", "parallelStream|parallel|shuffle"))
                  .as("asks for the time, chance or the machine"));

  /** Java salts the order of these anew in every process. */
  @ArchTest
  static final ArchRule orderIsTheSameInEveryProcess =
      noClasses()
          .that()
          .resideInAnyPackage(join(CORE, SHARED, new String[] {"dev.upstream.bundle.."}))
          .should()
          .callMethodWhere(
              call("java.util.(Map|Set)", "copyOf")
                  .or(call("java.util.stream.Collectors", "toUnmodifiable(Set|Map)"))
                  .as("copies into a collection without an order"));

  @ArchTest
  static final ArchRule packagesHaveNoCycles =
      slices().matching("dev.upstream.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule nobodyKnowsTheTop =
      noClasses()
          .that()
          .resideOutsideOfPackage(ROOT)
          .should()
          .dependOnClassesThat()
          .resideInAPackage(ROOT);

  @ArchTest
  static final ArchRule checksAreFinalAndInTheirArea =
      classes()
          .that()
          .implement(Check.class)
          .should()
          .haveModifier(com.tngtech.archunit.core.domain.JavaModifier.FINAL)
          .andShould()
          .resideInAnyPackage(
              Stream.of("workload", "service", "edge", "mesh", "egress", "network", "node")
                  .map(a -> "dev.upstream.diagnosis.check." + a)
                  .toArray(String[]::new));

  @ArchTest
  static final ArchRule checksHoldNoState =
      fields()
          .that()
          .areDeclaredInClassesThat(assignableTo(Check.class))
          .should()
          .beStatic()
          .andShould()
          .beFinal();

  @ArchTest
  static final ArchRule slacksLibraryStaysInSlack = staysIn("com.slack..", "dev.upstream.slack..");

  @ArchTest
  static final ArchRule kubernetesClientStaysInCluster =
      staysIn("io.fabric8.kubernetes.client..", "dev.upstream.cluster..");

  @ArchTest
  static final ArchRule commandLineLibraryStaysInCli = staysIn("picocli..", "dev.upstream.cli..");

  @ArchTest
  static final ArchRule webSocketsStayInSlackAndTheWorkspace =
      staysIn("org.java_websocket..", "dev.upstream.workspace..", "dev.upstream.slack..");

  @ArchTest
  static final ArchRule noVagueNames =
      noClasses()
          .should()
          .haveNameMatching(".*(Utils?|Manager|Impl|Helper)(\\$.*)?")
          .as("no class is named Utils, Manager, Impl or Helper");

  @ArchTest
  static void rimsDoNotKnowEachOther(com.tngtech.archunit.core.domain.JavaClasses all) {
    for (String rim : RIMS) {
      String[] others =
          RIMS.stream()
              .filter(r -> !r.equals(rim) && !r.equals("report"))
              .map(r -> "dev.upstream." + r + "..")
              .toArray(String[]::new);
      noClasses()
          .that()
          .resideInAPackage("dev.upstream." + rim + "..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(others)
          .allowEmptyShould(true)
          .check(all);
    }
  }

  @ArchTest
  static final ArchRule everyRoomIsKnownHere =
      classes()
          .should()
          .resideInAnyPackage(
              join(
                  CORE,
                  SHARED,
                  new String[] {ROOT},
                  RIMS.stream().map(r -> "dev.upstream." + r + "..").toArray(String[]::new)));

  private static ArchRule staysIn(String library, String... rooms) {
    return noClasses()
        .that()
        .resideOutsideOfPackages(
            Stream.concat(Stream.of(ROOT), Stream.of(rooms)).toArray(String[]::new))
        .should()
        .dependOnClassesThat()
        .resideInAPackage(library);
  }

  private static DescribedPredicate<JavaCall<?>> call(String owner, String names) {
    String classes = owner.replace(".", "\\.").replace("*", ".*");
    return DescribedPredicate.describe(
        "calls " + names + " of " + owner,
        c -> c.getTargetOwner().getName().matches(classes) && c.getName().matches(names));
  }

  private static String[] join(String[]... parts) {
    return Arrays.stream(parts).flatMap(Arrays::stream).toArray(String[]::new);
  }
}
