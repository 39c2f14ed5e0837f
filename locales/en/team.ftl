### The team: members, invitations, what each role may do. The words of permissions are also those of API keys.

team-invite = Invite
team-you = you
team-off = Switched off
team-column-name = Name
team-column-presence = Status
team-column-role = Role
team-column-chats = Open chats
team-column-orders = Orders
team-column-since = Member since
# $name (String) - name of the member
team-actions-of = Actions: { $name }
# $name (String) - name of the member
team-role-of = Role: { $name }
# $name (String) - name of the member
# $count (String) - how many
team-chats-of = { $name }, open chats: { $count }
# $name (String) - name of the member
# $count (String) - how many
team-orders-of = { $name }, open orders: { $count }
# $name (String) - name of the member
# $role (String) - word of the role
team-role-changed = { $name }: now { $role }
team-role-own-title = Change your own role?
# $role (String) - word of the role
team-role-own-text = Your role becomes “{ $role }”. The new rights apply at once, and only another owner or administrator can give the old role back.
team-role-own-confirm = Change role
team-alone = You are alone here so far
team-alone-hint = Invite your team: the link can go by mail or through any messenger.

team-deactivate = Switch off
team-reactivate = Switch on again
# $name (String) - name of the member
team-deactivate-title = Switch off: { $name }
team-deactivate-text = Access to this organisation closes at once. Name, messages and history stay, and you can switch it on again at any time.
# $chats (String) - how many
# $orders (String) - how many
team-hand-over-work = Open chats: { $chats }, orders in work: { $orders }.
team-hand-over = Hand over to
team-hand-over-nobody = Nobody: they stay unassigned
team-hand-over-none = There are no open chats or orders to hand over.
# $name (String) - name of the member
team-deactivated = Access switched off: { $name }
# $name (String) - name of the member
# $chats (String) - how many
# $orders (String) - how many
team-deactivated-handed = Access switched off: { $name }. Chats handed over: { $chats }, orders: { $orders }
# $name (String) - name of the member
team-reactivated = Access switched on: { $name }

team-invite-title = Invite a member
team-invite-email = E-mail
team-invite-email-help = A letter with a link goes there.
team-invite-role = Role
team-invite-submit = Invite
team-invite-done-title = The invitation is ready
# $email (String) - invited address
team-invite-done-text = A letter was sent to { $email }. You can also pass the link on yourself: it works for a week and only once.
team-invite-done-demo = In the demo letters do not leave the server: their text is shown in the journal.
team-invite-link = Invitation link
team-invite-more = Invite another
team-invites = Invited, not joined yet
# $role (String) - word of the role
# $until (String) - date
team-invite-note = { $role }, the link works until { $until }
team-invite-again = New link
team-invite-revoke = Revoke
team-invite-revoke-title = Revoke the invitation?
# $email (String) - invited address
team-invite-revoke-text = The link sent to { $email } stops working.
# $email (String) - invited address
team-invite-revoked = Invitation revoked: { $email }

team-roles = What each role may do
team-roles-note = The same rights apply on pages, in search, exports and the API.
team-roles-right = Right
team-roles-may = may
team-roles-may-not = may not

role-owner-hint = May do everything and appoints other owners.
role-admin-hint = May do everything except appoint owners.
role-seller-hint = Answers chats, keeps clients and orders.
role-technician-hint = Sees chats and clients, carries out orders.
role-quality-hint = Sees everything and the journal, changes nothing.

permission-dashboard-read = See the dashboard
permission-chats-read = Read chats
permission-chats-write = Answer and manage chats
permission-contacts-read = See clients
permission-contacts-write = Change clients
permission-products-read = See the catalogue
permission-products-write = Change the catalogue
permission-orders-read = See orders
permission-orders-write = Create and manage orders
permission-members-read = See the team
permission-members-manage = Invite, change roles, switch off
permission-connections-read = See connections
permission-connections-manage = Set up connections
permission-journal-read = Read the journal
permission-jobs-manage = Repeat and cancel jobs
permission-settings-read = See the settings
permission-settings-manage = Change the settings
permission-keys-manage = Issue and revoke API keys
permission-rules-read = See rules and their runs
permission-rules-manage = Change and publish rules
permission-reviews-read = See reviews and invitations
permission-reviews-write = Repeat invitations, answer reviews
permission-profile-own = Own profile, status and sessions

team-place = Visibility and load
# $name (String) - name of the member
team-place-title = Visibility and load: { $name }
# $name (String) - name of the member
team-place-saved = Saved: { $name }
team-place-sees-all = Owners, admins and quality control always see everything.
team-sees = Sees
team-sees-help = Holds everywhere: in lists, search, cards, files and by direct link. Chats and orders nobody has are seen by all, so that they can be taken.
team-sees-own = Own only
team-sees-team = Own and team's
team-sees-all = Everything
team-team = Team
team-team-help = Members with the same team name see each other's chats and orders.
team-capacity = Open chats at most
team-capacity-help = As many chats as the member is given. Empty: as the chat settings say.
# $time (String) - how long ago
team-silent = not heard of: { $time }
team-presence-past = History of presence
# $name (String) - the member
team-presence-of = Presence in a week: { $name }
team-presence-nothing = It did not change in a week
