package dev.greenlight;

import dev.greenlight.adapter.Aws;
import dev.greenlight.adapter.Clients;
import dev.greenlight.adapter.DeployedClients;
import dev.greenlight.adapter.Once;
import dev.greenlight.adapter.Pause;
import dev.greenlight.adapter.autoscaling.AsgFleets;
import dev.greenlight.adapter.autoscaling.AsgLaunchSources;
import dev.greenlight.adapter.cloudwatch.CloudWatchMetrics;
import dev.greenlight.adapter.codedeploy.CodeDeployHooks;
import dev.greenlight.adapter.codedeploy.CodeDeployInstaller;
import dev.greenlight.adapter.codepipeline.CodePipelineJobs;
import dev.greenlight.adapter.dynamodb.DynamoDbRolloutStore;
import dev.greenlight.adapter.elb.AlbShadowRule;
import dev.greenlight.adapter.elb.AlbTrafficRouter;
import dev.greenlight.adapter.elb.AlbTrafficRules;
import dev.greenlight.adapter.elb.NoShadowRule;
import dev.greenlight.adapter.http.HttpSmokeProbe;
import dev.greenlight.adapter.http.PresignedAnswers;
import dev.greenlight.adapter.lambda.Hooks;
import dev.greenlight.adapter.lambda.StackHooks;
import dev.greenlight.adapter.log.JsonJournal;
import dev.greenlight.adapter.scheduler.EventBridgeAppointments;
import dev.greenlight.config.ConfigurationFault;
import dev.greenlight.config.Environment;
import dev.greenlight.config.Settings;
import dev.greenlight.domain.rollout.Terms;
import dev.greenlight.port.Appointments;
import dev.greenlight.port.Fleets;
import dev.greenlight.port.HookExecutions;
import dev.greenlight.port.Installer;
import dev.greenlight.port.Journal;
import dev.greenlight.port.LaunchSources;
import dev.greenlight.port.Metrics;
import dev.greenlight.port.PipelineJobs;
import dev.greenlight.port.RolloutStore;
import dev.greenlight.port.ShadowRule;
import dev.greenlight.port.SmokeProbe;
import dev.greenlight.port.StackAnswers;
import dev.greenlight.port.TrafficRouter;
import dev.greenlight.port.TrafficRules;
import dev.greenlight.usecase.Ports;
import dev.greenlight.usecase.Within;
import java.io.PrintStream;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/** The only place that makes adapters and clients: each when a call first needs it, each once in a function's life. */
public final class Wiring implements Hooks, StackHooks, Ports {

    private static final Supplier<Wiring> THIS_FUNCTION = Once.of(() -> new Wiring(System.getenv(), World.deployed()));

    /** Needs nothing that the rest needs: it answers where that cannot be made. */
    private static final Supplier<StackAnswers> STACK_ANSWERS = Once.of(() -> new PresignedAnswers(Pause.sleeping()));

    /**
     * What a function stands on, apart from its settings.
     *
     * @param clock the time
     * @param pause how a retry waits
     * @param log where the journal is written
     * @param probe makes what sends smoke tests through the preview rules
     * @param stackAnswers where CloudFormation waits for a custom resource's answer
     * @param within what bounds work that may hang
     */
    public record World(
            Supplier<Clients> clients,
            InstantSource clock,
            Pause pause,
            PrintStream log,
            Function<Settings.Preview, SmokeProbe> probe,
            StackAnswers stackAnswers,
            Within within) {

        static World deployed() {
            return new World(
                    Once.of(() -> DeployedClients.of(System.getenv())),
                    InstantSource.system(),
                    Pause.sleeping(),
                    System.out,
                    preview -> new HttpSmokeProbe(preview.url(), preview.host(), preview.header(), preview::secretFor),
                    STACK_ANSWERS.get(),
                    Within.ownThreads());
        }
    }

    private final World world;
    private final Aws aws;
    private final Supplier<Settings> settings;
    private final Supplier<RolloutStore> store;
    private final Supplier<TrafficRouter> router;
    private final Supplier<ShadowRule> shadow;
    private final Supplier<Fleets> fleets;
    private final Supplier<Installer> installer;
    private final Supplier<Metrics> metrics;
    private final Supplier<SmokeProbe> probe;
    private final Supplier<Appointments> appointments;
    private final Supplier<Journal> journal;
    private final Supplier<PipelineJobs> pipelineJobs;
    private final Supplier<HookExecutions> hookExecutions;

    /** @param environment the function's variables; they are read when the settings are first needed */
    public Wiring(Map<String, String> environment, World world) {
        this.world = world;
        this.aws = new Aws(world.pause());
        this.settings = Once.of(() -> Environment.read(environment));
        this.store = Once.of(() -> new DynamoDbRolloutStore(
                clients().dynamoDb(), aws, settings().table(), settings().service()));
        this.router = Once.of(() -> new AlbTrafficRouter(
                clients().loadBalancing(),
                aws,
                settings().rule(),
                settings().audienceRule(),
                settings().a(),
                settings().b(),
                settings().closed()));
        this.shadow = Once.of(this::shadowRule);
        this.fleets = Once.of(() -> new AsgFleets(
                clients().autoScaling(),
                clients()::ec2,
                aws,
                installing().a(),
                installing().b()));
        this.installer = Once.of(() -> new CodeDeployInstaller(
                clients().codeDeploy(),
                aws,
                installing().application(),
                installing().a(),
                installing().b(),
                installing().byZone().map(known -> new CodeDeployInstaller.ByZone(known.forward(), known.back()))));
        this.metrics = Once.of(() -> new CloudWatchMetrics(
                clients().cloudWatch(),
                aws,
                settings().loadBalancer(),
                settings().a(),
                settings().b()));
        this.probe = Once.of(() -> world.probe().apply(preview()));
        this.appointments =
                Once.of(() -> new EventBridgeAppointments(clients().scheduler(), aws, world.clock(), book()));
        this.journal = Once.of(() -> new JsonJournal(world.log(), settings().service(), world.clock()));
        this.pipelineJobs = Once.of(() -> new CodePipelineJobs(clients().codePipeline(), aws));
        this.hookExecutions = Once.of(() -> new CodeDeployHooks(clients().codeDeploy(), aws));
    }

    /** The hooks of the function that this process is; one for all its invocations. */
    public static Supplier<Hooks> ofThisFunction() {
        return THIS_FUNCTION::get;
    }

    /** The same for the functions that CloudFormation calls. */
    public static Supplier<StackHooks> stackHooksOfThisFunction() {
        return THIS_FUNCTION::get;
    }

    /** Where CloudFormation waits for the answers of this function. */
    public static Supplier<StackAnswers> stackAnswersOfThisFunction() {
        return STACK_ANSWERS;
    }

    private Clients clients() {
        return world.clients().get();
    }

    private Settings settings() {
        return settings.get();
    }

    private Settings installing() {
        if (!settings().installs()) {
            throw new ConfigurationFault(
                    List.of("GREENLIGHT_*_ASG, GREENLIGHT_*_DEPLOYMENT_GROUP, GREENLIGHT_APPLICATION:"
                            + " only CodeDeploy's own hooks do without"));
        }
        return settings();
    }

    private Settings.Preview preview() {
        return settings()
                .preview()
                .orElseThrow(() ->
                        new ConfigurationFault(List.of("GREENLIGHT_PREVIEW_*: a smoke test needs the preview rules")));
    }

    private EventBridgeAppointments.Book book() {
        Settings.Schedules schedules = settings().schedules();
        Optional<String> self = schedules.self();
        return new EventBridgeAppointments.Book(
                settings().service(), schedules.group(), schedules.role(), schedules.retireFunction(), self);
    }

    @Override
    public InstantSource clock() {
        return world.clock();
    }

    @Override
    public Terms terms() {
        return settings().terms();
    }

    @Override
    public Ports ports() {
        return this;
    }

    @Override
    public PipelineJobs pipelineJobs() {
        return pipelineJobs.get();
    }

    @Override
    public HookExecutions hookExecutions() {
        return hookExecutions.get();
    }

    @Override
    public TrafficRules trafficRules() {
        return new AlbTrafficRules(clients().loadBalancing(), aws);
    }

    @Override
    public LaunchSources launchSources() {
        return new AsgLaunchSources(clients().autoScaling(), aws);
    }

    @Override
    public StackAnswers stackAnswers() {
        return world.stackAnswers();
    }

    @Override
    public Within within() {
        return world.within();
    }

    @Override
    public void complain(String message) {
        JsonJournal.complain(world.log(), world.clock(), message);
    }

    @Override
    public RolloutStore store() {
        return store.get();
    }

    @Override
    public TrafficRouter router() {
        return router.get();
    }

    @Override
    public ShadowRule shadow() {
        return shadow.get();
    }

    private ShadowRule shadowRule() {
        return settings()
                .shadowRule()
                .<ShadowRule>map(rule -> new AlbShadowRule(
                        clients().loadBalancing(),
                        aws,
                        rule,
                        settings().a(),
                        settings().b()))
                .orElseGet(NoShadowRule::new);
    }

    @Override
    public Fleets fleets() {
        return fleets.get();
    }

    @Override
    public Installer installer() {
        return installer.get();
    }

    @Override
    public Metrics metrics() {
        return metrics.get();
    }

    @Override
    public SmokeProbe probe() {
        return probe.get();
    }

    @Override
    public Appointments appointments() {
        return appointments.get();
    }

    @Override
    public Journal journal() {
        return journal.get();
    }
}
