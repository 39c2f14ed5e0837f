//! The words of roles and permissions, for every page that names them.

use domain::access::{Permission, Role};
use texts::Texts;

/// The word of a role.
pub fn role_text(t: Texts, role: Role) -> String {
    match role {
        Role::Owner => t.role_owner(),
        Role::Admin => t.role_admin(),
        Role::Seller => t.role_seller(),
        Role::Technician => t.role_technician(),
        Role::Quality => t.role_quality(),
    }
}

/// What a role is for, in one sentence.
pub fn role_hint(t: Texts, role: Role) -> String {
    match role {
        Role::Owner => t.role_owner_hint(),
        Role::Admin => t.role_admin_hint(),
        Role::Seller => t.role_seller_hint(),
        Role::Technician => t.role_technician_hint(),
        Role::Quality => t.role_quality_hint(),
    }
}

/// What a permission allows.
pub fn permission_text(t: Texts, permission: Permission) -> String {
    match permission {
        Permission::DashboardRead => t.permission_dashboard_read(),
        Permission::ChatsRead => t.permission_chats_read(),
        Permission::ChatsWrite => t.permission_chats_write(),
        Permission::ContactsRead => t.permission_contacts_read(),
        Permission::ContactsWrite => t.permission_contacts_write(),
        Permission::ProductsRead => t.permission_products_read(),
        Permission::ProductsWrite => t.permission_products_write(),
        Permission::OrdersRead => t.permission_orders_read(),
        Permission::OrdersWrite => t.permission_orders_write(),
        Permission::RulesRead => t.permission_rules_read(),
        Permission::RulesManage => t.permission_rules_manage(),
        Permission::ReviewsRead => t.permission_reviews_read(),
        Permission::ReviewsWrite => t.permission_reviews_write(),
        Permission::MembersRead => t.permission_members_read(),
        Permission::MembersManage => t.permission_members_manage(),
        Permission::ConnectionsRead => t.permission_connections_read(),
        Permission::ConnectionsManage => t.permission_connections_manage(),
        Permission::JournalRead => t.permission_journal_read(),
        Permission::JobsManage => t.permission_jobs_manage(),
        Permission::SettingsRead => t.permission_settings_read(),
        Permission::SettingsManage => t.permission_settings_manage(),
        Permission::KeysManage => t.permission_keys_manage(),
        Permission::OwnProfile => t.permission_profile_own(),
    }
}
