//! Who may do what: roles, permissions and the one table between them.
//! Every service operation names its [`Permission`]; nothing else in the program compares roles.

crate::macros::text_enum! {
    /// Role of a member in one organisation.
    pub enum Role {
        Owner = "owner",
        Admin = "admin",
        Seller = "seller",
        Technician = "technician",
        /// Контроль качества: reads everything, changes nothing.
        Quality = "quality",
    }
}

crate::macros::text_enum! {
    /// A right, also used as the scope of an API key.
    pub enum Permission {
        DashboardRead = "dashboard:read",
        ChatsRead = "chats:read",
        ChatsWrite = "chats:write",
        ContactsRead = "contacts:read",
        ContactsWrite = "contacts:write",
        ProductsRead = "products:read",
        ProductsWrite = "products:write",
        OrdersRead = "orders:read",
        OrdersWrite = "orders:write",
        RulesRead = "rules:read",
        RulesManage = "rules:manage",
        ReviewsRead = "reviews:read",
        /// Invite again, answer reviews in public.
        ReviewsWrite = "reviews:write",
        MembersRead = "members:read",
        MembersManage = "members:manage",
        ConnectionsRead = "connections:read",
        ConnectionsManage = "connections:manage",
        JournalRead = "journal:read",
        JobsManage = "jobs:manage",
        SettingsRead = "settings:read",
        SettingsManage = "settings:manage",
        KeysManage = "keys:manage",
        /// Own profile, presence and sessions: every signed-in person has it, no API key does.
        OwnProfile = "profile:own",
    }
}

impl Role {
    /// The permission table.
    pub const fn allows(self, permission: Permission) -> bool {
        use Permission::*;
        match self {
            Role::Owner => true,
            Role::Admin => true,
            Role::Seller => matches!(
                permission,
                DashboardRead
                    | ChatsRead
                    | ChatsWrite
                    | ContactsRead
                    | ContactsWrite
                    | ProductsRead
                    | OrdersRead
                    | OrdersWrite
                    | RulesRead
                    | ReviewsRead
                    | ReviewsWrite
                    | MembersRead
                    | ConnectionsRead
                    | SettingsRead
                    | OwnProfile
            ),
            Role::Technician => matches!(
                permission,
                DashboardRead
                    | ChatsRead
                    | ContactsRead
                    | ProductsRead
                    | OrdersRead
                    | OrdersWrite
                    | MembersRead
                    | SettingsRead
                    | OwnProfile
            ),
            Role::Quality => matches!(
                permission,
                DashboardRead
                    | ChatsRead
                    | ContactsRead
                    | ProductsRead
                    | OrdersRead
                    | RulesRead
                    | ReviewsRead
                    | MembersRead
                    | ConnectionsRead
                    | JournalRead
                    | SettingsRead
                    | OwnProfile
            ),
        }
    }
    /// Whether a member of this role may give or take `other` (nobody makes someone stronger than themselves).
    pub const fn may_grant(self, other: Role) -> bool {
        matches!(
            (self, other),
            (Role::Owner, _) | (Role::Admin, Role::Admin | Role::Seller | Role::Technician | Role::Quality)
        )
    }
}

crate::macros::text_enum! {
    /// Which chats and orders a member sees, and the clients behind them. What is nobody's is seen by everybody, so that it
    /// can be taken.
    pub enum Visibility {
        /// Their own.
        Own = "own",
        /// Their own and those of their team.
        Team = "team",
        All = "all",
    }
}

impl Role {
    /// Whether what this role sees can be narrowed: whoever runs the organisation or its quality control sees everything.
    pub const fn can_be_narrowed(self) -> bool {
        matches!(self, Role::Seller | Role::Technician)
    }
}

crate::macros::text_enum! {
    /// Presence of a member (Статус).
    pub enum Presence {
        Active = "active",
        Busy = "busy",
        Break = "break",
        Offline = "offline",
    }
}

/// Scopes of an API key: `*` or a list of permissions.
pub fn parse_scopes(text: &str) -> Result<Vec<Permission>, crate::error::BadText> {
    if text.trim() == "*" {
        return Ok(Permission::ALL.iter().copied().filter(|p| *p != Permission::OwnProfile).collect());
    }
    text.split([',', ' ']).filter(|s| !s.is_empty()).map(str::parse).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quality_control_only_reads() {
        for permission in Permission::ALL {
            let writes = !permission.as_str().ends_with(":read") && *permission != Permission::OwnProfile;
            assert!(!(writes && Role::Quality.allows(*permission)), "{permission}");
        }
    }

    #[test]
    fn nobody_grants_above_themselves() {
        assert!(!Role::Admin.may_grant(Role::Owner));
        assert!(Role::Owner.may_grant(Role::Owner));
        for role in [Role::Seller, Role::Technician, Role::Quality] {
            assert!(Role::ALL.iter().all(|other| !role.may_grant(*other)));
        }
    }

    #[test]
    fn star_scope_is_everything_but_the_person() {
        let all = parse_scopes("*").unwrap();
        assert!(all.contains(&Permission::OrdersWrite) && !all.contains(&Permission::OwnProfile));
        assert_eq!(parse_scopes("orders:read, chats:write").unwrap(), [Permission::OrdersRead, Permission::ChatsWrite]);
        assert!(parse_scopes("orders:everything").is_err());
    }
}
