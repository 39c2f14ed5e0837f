### How the program and the outside services fare.

health-tab = Health
health-own = Pult
health-version = Version
health-uptime = Running for
health-database = Database
health-disk = Free on the disk
# $count (Number) - whole days
health-disk-days = { $count ->
    [one] enough for { $count } day at the present growth
   *[other] enough for { $count } days at the present growth
}
health-inbox = Events waiting to be read
health-ready = Waiting to be sent
health-held = Held with their connection
health-unknown = Arrival unclear
health-dead = Failed
# $calls (String) - how many calls
# $failed (String) - how many of them failed
# $events (String) - how many events came
health-day = last day: { $calls } calls, { $failed } of them failed; { $events } events
health-calls = Calls that worked
health-failed = Calls that failed
health-events = Events
health-last-ok = Last good call
health-last-error = Last error
health-never = never yet
health-environment = Set by the environment
health-environment-note = changed where Pult is started, needs a restart
health-address = Address
health-folder = Data folder
health-mail = Mail
health-mail-set = set
health-mail-not-set = not set: links of letters are shown on the page
health-key = Encryption key
health-key-set = there, not shown
health-node = Node
health-listens = Listens on
health-proxies = Proxies in front of Pult
health-sign-in = Sign-in with services
health-session-days = A sign-in lasts, days
health-rate-person = Requests a minute of a member
health-rate-key = Requests a minute of an API key
health-rate-address = Requests a minute from one address
health-keep-payloads = Texts of events are kept, days
health-keep-events = Events are kept, days
health-keep-jobs = Jobs are kept, days
health-keep-occasions = Occasions of rules are kept, days
health-private-nets = Calls into the private network
health-traces = Traces
health-not-set = not set
health-no-limit = no limit
health-yes = allowed
health-no = forbidden
health-nodes = Nodes
# $name (String) - name of a node
health-node-this = { $name } · answers now
# $time (String) - how long it has been running
health-node-up = running for { $time }
health-node-lives = at work
health-node-gone = disappeared
health-node-gone-note = A node that disappeared gives no sign of life and has not taken leave: it crashed or lost the database. Nothing accepted is lost, the others have taken over its work; sends of which nobody knows whether they went out wait in the journal to be looked at. The node leaves this list after a day or when it starts again.
health-not-secure = The address begins with http://: sign-ins and messages can be seen by everybody in this network. On the internet https:// is needed.
health-demo = This is a demonstration: simulators stand in for the services, nothing leaves the house.
health-changeable = Can be changed here
health-change-organisation = Name, time zone, currency
health-change-orders = Deadlines of statuses and messages to the client
health-change-connections = Keys of the services, switching on and off
health-change-rules = What is done by itself
health-change-team = Members and roles
health-change-keys = Access for other programs
