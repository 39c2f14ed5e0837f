//! What every page with a list shares: filters kept in the address, data that stays in place while it is loaded again,
//! rows that do not jump under the pointer, pages by cursor, a question before what cannot be undone. Owns no data and knows no page.

mod address;
mod chips;
mod confirm;
mod followed;
mod pager;
mod panel;
mod refresh;
mod search;
mod steady;

pub use address::{Address, use_address};
pub use chips::{ChipMenu, Chips};
pub use confirm::{ConfirmAction, Doing};
pub use followed::Followed;
pub use pager::CursorPager;
pub use panel::{Panel, PanelPart};
pub use refresh::{Refresh, use_refresh};
pub use search::SearchBox;
pub use steady::{NewAbove, Steady};
