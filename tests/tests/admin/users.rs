//! Users of a business, and the audit of what they do.

use crate::office::Office;
use axum::http::Method;
use serde_json::{Value, json};

#[tokio::test]
async fn a_user_is_made_and_changed_below_ones_own_role_or_equal_to_it() {
    let office = Office::open().await;
    let new = |name: &str, role: &str| json!({ "name": name, "role": role, "password": "0123456789" });
    let made = office.post("/users", new("noa", "agent")).await;
    assert_eq!(
        (made["name"].as_str(), made["role"].as_str(), made["sessions"].as_u64()),
        (Some("noa"), Some("agent"), Some(0))
    );
    let (status, answer) =
        office.send("", Method::POST, "/session", json!({ "name": "noa", "password": "0123456789" })).await;
    assert_eq!((status.as_u16(), answer["me"]["role"].as_str()), (200, Some("agent")));
    let refused = office.refused(Method::POST, "/users", new("zoe", "system_admin")).await;
    assert_eq!(refused.0, 403, "above one's own role");
    let refused = office.refused(Method::POST, "/users", new("noa", "agent")).await;
    assert_eq!((refused.0, refused.1.as_str()), (409, "not_now"));
    let refused = office.refused(Method::POST, "/users", new("eve", "agent")).await;
    assert_eq!(refused.0, 409, "a name is one in all businesses");
    for (name, password) in [("noa levi", "0123456789"), ("", "0123456789"), ("avi", "short")] {
        let body = json!({ "name": name, "role": "agent", "password": password });
        let refused = office.refused(Method::POST, "/users", body).await;
        assert_eq!((refused.0, refused.1.as_str()), (422, "invalid"), "{name}: {}", refused.2);
    }
    let edit = |version: u64, role: &str| json!({ "version": version, "role": role });
    let refused = office.refused(Method::PATCH, "/users/sam", edit(1, "agent")).await;
    assert_eq!(refused.0, 403, "who is mightier");
    let refused = office.refused(Method::PATCH, "/users/olga", edit(1, "agent")).await;
    assert_eq!((refused.0, refused.1.as_str()), (409, "not_now"), "oneself");
    let refused = office.refused(Method::PATCH, "/users/adi", edit(7, "agent")).await;
    assert_eq!((refused.0, refused.1.as_str()), (409, "conflict"));
    let (_, list) = office.send("olga", Method::GET, "/users", Value::Null).await;
    let names: Vec<&str> =
        list.as_array().unwrap().iter().map(|user| user["name"].as_str().unwrap()).collect();
    assert_eq!(names, ["adi", "gil", "noa", "olga", "sam"], "of this business, by name");
    let sessions: Vec<u64> =
        list.as_array().unwrap().iter().map(|user| user["sessions"].as_u64().unwrap()).collect();
    assert_eq!(sessions, [1, 1, 1, 1, 1]);
}

#[tokio::test]
async fn the_audit_says_who_changed_what_and_never_a_password() {
    let office = Office::open().await;
    office.post("/users", json!({ "name": "noa", "role": "agent", "password": "hunter2hunter2" })).await;
    let edit = json!({ "version": 1, "role": "admin", "password": "hunter3hunter3" });
    office.send("olga", Method::PATCH, "/users/noa", edit).await;
    office.send("sam", Method::PATCH, "/users/gil", json!({ "version": 1, "active": false })).await;
    let audit = office.get("/audit").await;
    let rows = audit["rows"].as_array().unwrap();
    let brief = |row: &Value| {
        format!("{} {} {} {}", row["by"], row["action"], row["subject"], row["after"]).replace('"', "")
    };
    assert_eq!(
        rows.iter().map(brief).collect::<Vec<_>>(),
        [
            "sam user.change users/gil {active:false}",
            "olga user.change users/noa {password:changed,role:admin}",
            "olga user.add users/noa {role:agent}",
        ]
    );
    assert_eq!(rows[1]["before"], json!({ "role": "agent" }));
    assert!(!audit.to_string().contains("hunter") && !audit.to_string().contains("argon2"), "{audit}");
    let first = office.get("/audit?limit=2").await;
    assert_eq!(first["rows"].as_array().unwrap().len(), 2);
    let next = office.get(&format!("/audit?limit=2&after={}", first["next"].as_str().unwrap())).await;
    assert_eq!(next["rows"], json!([rows[2]]));
    assert_eq!(next["next"], Value::Null);
    for (query, count) in [("by=sam", 1), ("subject=users/noa", 2), ("by=olga&subject=users/gil", 0)] {
        assert_eq!(
            office.get(&format!("/audit?{query}")).await["rows"].as_array().unwrap().len(),
            count,
            "{query}"
        );
    }
}
