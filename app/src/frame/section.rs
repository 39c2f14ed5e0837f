//! The sections of Pult: one table of names, addresses, signs and who may see them.

use crate::ui::IconName;
use domain::access::{Permission, Role};
use texts::Texts;

/// A section of the sidebar.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Section {
    /// Сводка.
    Dashboard,
    /// Чаты.
    Chats,
    /// Заказы.
    Orders,
    /// Клиенты.
    Contacts,
    /// Каталог.
    Catalogue,
    /// Правила.
    Rules,
    /// Отзывы.
    Reviews,
    /// Рассылки.
    Campaigns,
    /// Аналитика.
    Analytics,
    /// Команда.
    Team,
    /// Подключения.
    Connections,
    /// Журнал.
    Journal,
    /// Настройки.
    Settings,
}

impl Section {
    /// What people work in all day.
    pub const WORK: [Section; 9] = [
        Section::Dashboard,
        Section::Chats,
        Section::Orders,
        Section::Contacts,
        Section::Catalogue,
        Section::Rules,
        Section::Reviews,
        Section::Campaigns,
        Section::Analytics,
    ];
    /// What keeps it running.
    pub const UPKEEP: [Section; 4] = [Section::Team, Section::Connections, Section::Journal, Section::Settings];
    /// In the bottom bar of a phone; the rest is behind «Ещё».
    pub const PHONE: [Section; 4] = [Section::Dashboard, Section::Chats, Section::Orders, Section::Contacts];

    /// Every section, in the order of the sidebar.
    pub fn all() -> impl Iterator<Item = Section> {
        Self::WORK.into_iter().chain(Self::UPKEEP)
    }

    /// Its address.
    pub const fn href(self) -> &'static str {
        match self {
            Section::Dashboard => "/dashboard",
            Section::Chats => "/chats",
            Section::Orders => "/orders",
            Section::Contacts => "/contacts",
            Section::Catalogue => "/catalogue",
            Section::Rules => "/rules",
            Section::Reviews => "/reviews",
            Section::Campaigns => "/campaigns",
            Section::Analytics => "/analytics",
            Section::Team => "/team",
            Section::Connections => "/connections",
            Section::Journal => "/journal",
            Section::Settings => "/settings",
        }
    }

    /// Its sign.
    pub const fn icon(self) -> IconName {
        match self {
            Section::Dashboard => IconName::Dashboard,
            Section::Chats => IconName::Chats,
            Section::Orders => IconName::Orders,
            Section::Contacts => IconName::Contacts,
            Section::Catalogue => IconName::Catalogue,
            Section::Rules => IconName::Rules,
            Section::Reviews => IconName::Star,
            Section::Campaigns => IconName::Campaigns,
            Section::Analytics => IconName::Analytics,
            Section::Team => IconName::Team,
            Section::Connections => IconName::Connections,
            Section::Journal => IconName::Journal,
            Section::Settings => IconName::Settings,
        }
    }

    /// Its name.
    pub fn title(self, t: Texts) -> String {
        match self {
            Section::Dashboard => t.nav_dashboard(),
            Section::Chats => t.nav_chats(),
            Section::Orders => t.nav_orders(),
            Section::Contacts => t.nav_contacts(),
            Section::Catalogue => t.nav_catalogue(),
            Section::Rules => t.nav_rules(),
            Section::Reviews => t.nav_reviews(),
            Section::Campaigns => t.nav_campaigns(),
            Section::Analytics => t.nav_analytics(),
            Section::Team => t.nav_team(),
            Section::Connections => t.nav_connections(),
            Section::Journal => t.nav_journal(),
            Section::Settings => t.nav_settings(),
        }
    }

    /// The right without which it is not shown.
    pub const fn permission(self) -> Permission {
        match self {
            Section::Rules => Permission::RulesRead,
            Section::Dashboard | Section::Campaigns | Section::Analytics => Permission::DashboardRead,
            Section::Chats => Permission::ChatsRead,
            Section::Orders => Permission::OrdersRead,
            Section::Contacts => Permission::ContactsRead,
            Section::Catalogue => Permission::ProductsRead,
            Section::Reviews => Permission::ReviewsRead,
            Section::Team => Permission::MembersRead,
            Section::Connections => Permission::ConnectionsRead,
            Section::Journal => Permission::JournalRead,
            Section::Settings => Permission::SettingsRead,
        }
    }

    /// Whether a member of this role sees it.
    pub const fn visible_to(self, role: Role) -> bool {
        role.allows(self.permission())
    }

    /// Whether an address belongs to it.
    pub fn holds(self, path: &str) -> bool {
        path.strip_prefix(self.href()).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_belongs_to_one_section() {
        for section in Section::all() {
            let path = format!("{}/018f", section.href());
            assert_eq!(Section::all().filter(|other| other.holds(&path)).collect::<Vec<_>>(), [section]);
        }
        assert!(!Section::Chats.holds("/chatsworth"));
    }

    #[test]
    fn sections_follow_the_permission_table() {
        assert!(Section::all().all(|section| section.visible_to(Role::Owner)));
        assert!(!Section::Journal.visible_to(Role::Seller) && Section::Orders.visible_to(Role::Technician));
    }
}
